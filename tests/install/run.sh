#!/usr/bin/env bash
# The library in other programs, by each way in: an installed CMake package, pkg-config, add_subdirectory.
#
#   tests/install/run.sh build/release
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=$(cd "${1:?usage: tests/install/run.sh BUILD_FOLDER}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
network=$root/examples/networks/gloves-np-my/network.yaml

speaks() {  # speaks PROGRAM: it judges the sample and finds something
  local said
  said=$(LD_LIBRARY_PATH="$work/prefix/lib:$work/prefix/lib/x86_64-linux-gnu:${LD_LIBRARY_PATH:-}" "$1" "$network")
  grep -q '^np-24: ' <<<"$said" || { echo "$1 said nothing about np-24"; exit 1; }
}

cmake --install "$build" --prefix "$work/prefix" >/dev/null
# Relocatable: nothing may name the folder it was built in.
mv "$work/prefix" "$work/moved"
if grep -rIl "$build" "$work/moved" --include='*.cmake' --include='*.pc'; then
  echo "installed files name the build folder"
  exit 1
fi
mv "$work/moved" "$work/prefix"

echo "find_package"
cmake -S "$here/find_package" -B "$work/find" -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" >/dev/null
cmake --build "$work/find"
speaks "$work/find/uses"
"$work/find/uses_boost_graph"

echo "pkg-config"
config=$(find "$work/prefix" -name eraudit.pc -printf '%h')
# shellcheck disable=SC2046 # flags are words
g++ -std=c++20 "$root/examples/embed/main.cpp" -o "$work/uses" \
  $(PKG_CONFIG_PATH="$config" pkg-config --define-variable=prefix="$work/prefix" --static --cflags --libs eraudit)
speaks "$work/uses"

echo "add_subdirectory"
cmake -S "$here/add_subdirectory" -B "$work/add" -G Ninja -DCMAKE_CXX_FLAGS=-O0 -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=16 >/dev/null
cmake --build "$work/add" --target uses
speaks "$work/add/uses"
