#!/usr/bin/env bash
# Installs what is missing, builds, runs every test, checks style.
#
#   tests/run.sh          release and asan builds, all tests, style
#   tests/run.sh --full   also thread sanitizer, clang-tidy on everything, soak, fuzzing (needs clang)
#
# Outside data (conformance suites, real tables) is read from $ERAUDIT_SHARED, else ../shared; without it
# those tests say that they were skipped, unless ERAUDIT_SHARED_REQUIRED is set.
set -euo pipefail
cd "$(dirname "$0")/.."
full=no
case "${1:-}" in
  "") ;;
  --full) full=yes ;;
  *) echo "usage: tests/run.sh [--full]" >&2; exit 64 ;;
esac

# shellcheck source=cmake/debian.sh
. cmake/debian.sh
need_packages build test style browser python

if command -v ccache >/dev/null 2>&1; then
  export CCACHE_BASEDIR=$PWD  # the same objects in build folders of any name
  export CCACHE_SLOPPINESS=pch_defines,time_macros  # precompiled headers can be kept
  export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
fi
export PYTHONDONTWRITEBYTECODE=1
started=$SECONDS
step() { printf '\n== %s  (%d s)\n' "$*" "$((SECONDS - started))"; }

# The Python that apt installs for; another one may come first on PATH.
python=()
if command -v dpkg-query >/dev/null 2>&1; then python=(-DPython3_EXECUTABLE=/usr/bin/python3); fi

build() {  # build PRESET [TARGET...]
  step "build $1"
  cmake --preset "$1" -DERAUDIT_DEVELOPER=ON "${python[@]}" >"build-$1.log" 2>&1 || { cat "build-$1.log"; rm -f "build-$1.log"; exit 1; }
  rm -f "build-$1.log"
  cmake --build --preset "$1" ${2:+--target "${@:2}"}
}

# Without it the page is not checked for barriers; where a browser is required, that is an error.
tests/html/get_axe.sh || echo "axe-core could not be fetched"

step "style"
tests/style.sh

build release
step "tests, release"
ctest --preset release -j2 --no-tests=error

step "the library in other programs"
tests/install/run.sh build/release

step "the sample"
examples/demo.sh >build/demo.log || { cat build/demo.log; exit 1; }
tail -n 5 build/demo.log

step "the Python package"
ERAUDIT=$PWD/build/release/examples/cli/eraudit tests/python/run.sh

build asan
step "tests, address and undefined-behaviour sanitizers"
ASAN_OPTIONS=detect_stack_use_after_return=1 UBSAN_OPTIONS=print_stacktrace=1 ctest --preset asan -j2 -LE browser --no-tests=error

if [ "$full" = yes ]; then
  build tsan test_core test_schema test_evaluate test_sample
  step "tests of threads, thread sanitizer"
  ctest --preset tsan -L threads --no-tests=error
  step "clang-tidy on everything"
  tests/tidy.sh
  step "soak"
  ERAUDIT_SOAK=1 ctest --preset release -L soak --no-tests=error
  step "fuzzing"
  tests/fuzz/run.sh 30
fi
step "all is well"
