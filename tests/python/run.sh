#!/usr/bin/env bash
# Builds the Python package into a fresh venv, then runs its tests and mypy --strict on it and on the examples.
#
#   tests/python/run.sh            the packages for it come from the Python registry
#
# $ERAUDIT: the command, with which reports are compared (default: build/release). $ERAUDIT_PYTHON_BUILD: a build
# folder to go on with (default: one of its own below build/, kept for the next run). $PYTHON: the interpreter.
set -euo pipefail
cd "$(dirname "$0")/../.."

# shellcheck source=cmake/debian.sh
. cmake/debian.sh
need_packages build python

build=$(realpath -m "${ERAUDIT_PYTHON_BUILD:-build/python}")
venv=$build-venv
started=$SECONDS
step() { printf '\n== %s  (%d s)\n' "$*" "$((SECONDS - started))"; }

if command -v ccache >/dev/null 2>&1; then
  export CCACHE_BASEDIR=$PWD CXX=/usr/bin/c++  # by the name that the release build calls it
  export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
fi
export PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1

step "a fresh venv"
rm -rf "$venv"
"${PYTHON:-python3}" -m venv "$venv"

step "pip install ."
# The flags of the release build, so that ccache has most of it already.
flags=$(python3 -c 'import json; print(json.load(open("CMakePresets.json"))["configurePresets"][0]["cacheVariables"]["CMAKE_CXX_FLAGS"])')
"$venv/bin/pip" install -q \
  --config-settings=build-dir="$build" --config-settings=cmake.define.CMAKE_CXX_FLAGS="$flags" '.[test]'

step "tests"
"$venv/bin/python" -m pytest -q tests/python

step "types"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$venv/bin/python" tests/python/snippets.py docs/how-to/python.md >"$work/snippets.py"
cp tests/python/typed_example.py "$work/"
(cd "$work" && "$venv/bin/mypy" --strict -p eraudit && "$venv/bin/mypy" --strict snippets.py typed_example.py)
step "Python is well"
