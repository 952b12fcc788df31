#!/usr/bin/env bash
# Installs what is missing, builds, audits the sample network, shows the summary and writes
# build/demo/report.html and build/demo/report.json. Run it again: it is quick the second time.
set -euo pipefail
if [ $# -gt 0 ]; then
  echo "usage: examples/demo.sh (it takes no arguments; here: $*)" >&2
  exit 64
fi
cd "$(dirname "$0")/.."

# shellcheck source=cmake/debian.sh
. cmake/debian.sh
need_packages build

if command -v ccache >/dev/null 2>&1; then
  export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
fi
if [ ! -x build/release/examples/cli/eraudit ]; then
  echo "eraudit: building (a few minutes the first time)" >&2
fi
mkdir -p build/demo
# Tests need more packages; a folder that has them keeps them.
tests=()
[ -e build/release/CMakeCache.txt ] || tests=(-DERAUDIT_DEVELOPER=OFF)
if ! { cmake --preset release "${tests[@]}" &&
  cmake --build --preset release --target eraudit_command; } >build/demo/build.log 2>&1; then
  cat build/demo/build.log >&2
  echo "eraudit: the build failed; the lines above are in build/demo/build.log" >&2
  exit 1
fi

status=0
build/release/examples/cli/eraudit check examples/networks/gloves-np-my \
  --rates examples/networks/gloves-np-my/rates.yaml --as-of 2026-06-30 \
  --format text --format html=build/demo/report.html --format json=build/demo/report.json --force || status=$?
# 1 is what an audit that finds something says.
if [ "$status" -gt 1 ]; then exit "$status"; fi
echo
echo "The report, one file for any browser: file://$PWD/build/demo/report.html"
echo "The same for programs:                build/demo/report.json"
echo "One verdict explained:"
echo "  build/release/examples/cli/eraudit explain recruitment-fees.worker-paid np-24 examples/networks/gloves-np-my"
