#!/usr/bin/env bash
# The rule of expression_benchmark.cpp by other implementations of CEL, over the same rows; into
# FOLDER/peers.jsonl, a line for each, after it was built in build/peers.
#
#   tests/benchmarks/peers/run.sh [FOLDER [ROWS]]
#
# FOLDER: default build/benchmarks. ROWS: default 1,000,000; those in Python take the first hundredth
# of them, or the first thousandth. What each of them is: go/go.mod, rust/Cargo.toml,
# python/requirements.txt. One that cannot be fetched or built is left out with a word.
set -euo pipefail
cd "$(dirname "$0")/../../.."

folder=${1:-build/benchmarks}
rows=${2:-1000000}
here=$PWD/tests/benchmarks/peers
into=$PWD/build/peers
mkdir -p "$folder" "$into"
out=$(realpath "$folder")/peers.jsonl
: >"$out"

left_out() { echo "left out: $1 ($2)" >&2; }

# peer NAME TOOL BUILD COMMAND...
peer() {
  local name=$1 tool=$2 build=$3
  shift 3
  if ! command -v "$tool" >/dev/null 2>&1; then
    left_out "$name" "there is no $tool"
  elif ! "$build" >"$into/$name.log" 2>&1; then
    left_out "$name" "it could not be fetched or built, $into/$name.log says why"
  elif ! "$@" | tee -a "$out"; then
    left_out "$name" "it failed"
  fi
}

build_go() { (cd "$here/go" && go build -o "$into/cel-go" .); }
build_rust() {
  # The lock file is written beside the sources: they are built from a copy.
  rm -rf "$into/rust" && cp -r "$here/rust" "$into/rust"
  CARGO_TARGET_DIR=$into/rust-target cargo build --quiet --release --manifest-path "$into/rust/Cargo.toml"
}
build_python() {
  python3 -m venv "$into/python" && "$into/python/bin/pip" install --quiet -r "$here/python/requirements.txt"
}

peer cel-go go build_go "$into/cel-go" "$rows"
peer cel-rust cargo build_rust "$into/rust-target/release/peer" "$rows"
peer cel-python python3 build_python "$into/python/bin/python" "$here/python/peer.py" "$((rows / 100))"
