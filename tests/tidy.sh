#!/usr/bin/env bash
# clang-tidy over every source that a build folder compiles: tests/tidy.sh build/release
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:?usage: tests/tidy.sh BUILD_FOLDER [FILE...]}
shift
if [ $# -gt 0 ]; then files=("$@"); else
  mapfile -t files < <(git ls-files 'libaudit/*.cpp' 'examples/cli/*.cpp')
fi
printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "$(nproc)" clang-tidy-14 --quiet -p "$build"
