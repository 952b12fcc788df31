#!/usr/bin/env bash
# Runs every benchmark that is built, one after the other, and keeps what they say, with the machine they ran on.
#
#   tests/benchmarks/run.sh [FOLDER] [WORDS FOR GOOGLE BENCHMARK ...]
#
# FOLDER (default build/benchmarks) gets NAME.json for each, and limits.jsonl: what the machine can do at most (memory, random
# access, files), where the program for it was built. $ERAUDIT_BUILD: where they were built (default build/release).
# With $ERAUDIT_PEERS set, other implementations of CEL are fetched and measured, too (peers/run.sh): peers.jsonl.
set -euo pipefail
cd "$(dirname "$0")/../.."

build=${ERAUDIT_BUILD:-build/release}/tests/benchmarks
folder=build/benchmarks
if [[ $# -gt 0 && $1 != -* ]]; then
  folder=$1
  shift
fi
mkdir -p "$folder"

if [[ -x $build/benchmark_limits ]]; then
  mkdir -p "$folder/bench-out"  # where it writes
  limits=$(realpath "$build/benchmark_limits")
  (cd "$folder" && "$limits" | tee limits.jsonl)
  rm -rf "$folder/bench-out"
fi
ran=0
for name in load network expression evaluate match risk report reference; do
  if [[ -x $build/benchmark_$name ]]; then
    printf '\n== %s\n' "$name"
    "$build/benchmark_$name" --benchmark_out="$folder/$name.json" --benchmark_out_format=json "$@"
    ran=$((ran + 1))
  fi
done
if [[ $ran -eq 0 ]]; then
  echo "no benchmark in $build: cmake --preset release -DERAUDIT_BENCHMARKS=ON, then build" >&2
  exit 66
fi
if [[ -n ${ERAUDIT_PEERS:-} ]]; then
  printf '\n== peers\n'
  tests/benchmarks/peers/run.sh "$folder"
fi
