#!/usr/bin/env bash
# Formatting of every source file, scripts, direction of includes, words that reports must not use.
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -t sources < <(git ls-files --cached --others --exclude-standard '*.cpp' '*.hpp' '*.h')
clang-format-14 --dry-run --Werror "${sources[@]}"
mapfile -t scripts < <(git ls-files --cached --others --exclude-standard '*.sh' .ci/run)
shellcheck -x "${scripts[@]}"
python3 tests/layering.py
python3 tests/wording.py
