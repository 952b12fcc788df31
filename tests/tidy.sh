#!/usr/bin/env bash
# clang-tidy over the library and the command, or over the files given: tests/tidy.sh [FILE...]
set -euo pipefail
cd "$(dirname "$0")/.."
# One entry per source: the release build joins them into batches.
build=build/tidy
cmake --preset dev -B "$build" -DERAUDIT_DEVELOPER=OFF >/dev/null
if [ $# -gt 0 ]; then files=("$@"); else
  mapfile -t files < <(git ls-files --cached --others --exclude-standard 'libaudit/*.cpp' 'examples/cli/*.cpp')
fi
printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "$(nproc)" clang-tidy-14 --quiet -p "$build"
echo "${#files[@]} files, no complaint"
