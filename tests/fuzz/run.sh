#!/usr/bin/env bash
# Builds the fuzzers and runs them. What they find beyond the corpus stays in build/fuzz-corpus, so that the next
# run goes on from there; an input that breaks something is kept in build/fuzz-found.
#
#   tests/fuzz/run.sh [SECONDS] [TARGET...]      each target for so long (60)
#   tests/fuzz/run.sh --runs N [TARGET...]       each target so often
#   tests/fuzz/run.sh --minimise [TARGET...]     the corpus anew: what of it and of build/fuzz-corpus is needed
#
# As many targets at once as there are processors, or $ERAUDIT_FUZZ_JOBS. With $ERAUDIT_FUZZ_LOG a line is added to
# that file for each: target, commit, executions, seconds, result.
set -euo pipefail
cd "$(dirname "$0")/../.."

# name, longest input in bytes, dictionaries
targets="
document_yaml 512 yaml
document_json 512 json
csv 256 csv
rates 384 rates
cell 96 cell
network 768 yaml,network
expression_parser 256 expression
checker 192 expression
evaluator 160 expression
pattern 256 pattern,expression
rules 1280 yaml,rules,expression
mapping 768 yaml,mapping,expression
import_csv 384 csv
workbook 512 workbook
zip 1024 zip
"

how=(-max_total_time=60)
minimise=no
case "${1:-}" in
  --runs) how=("-runs=${2:?how often}"); shift 2 ;;
  --minimise) minimise=yes; shift ;;
  [0-9]*) how=("-max_total_time=$1"); shift ;;
  -*) sed -n '5,7p' "$0" >&2; exit 64 ;;
esac

# shellcheck source=cmake/debian.sh
. cmake/debian.sh
need_packages build test fuzz

preset() {
  if command -v ccache >/dev/null 2>&1; then
    export CCACHE_BASEDIR=$PWD CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
  fi
  local python=()
  if command -v dpkg-query >/dev/null 2>&1; then python=(-DPython3_EXECUTABLE=/usr/bin/python3); fi
  cmake --preset fuzz "${python[@]}" -DERAUDIT_DEVELOPER=ON >build/fuzz-configure.log 2>&1 || { cat build/fuzz-configure.log >&2; return 1; }
  cmake --build --preset fuzz
}
mkdir -p build
[ -n "${ERAUDIT_FUZZ_BUILT:-}" ] || preset

build=build/fuzz/tests/fuzz
# What the library takes from others is not instrumented: no containers of it are looked into.
export ASAN_OPTIONS=detect_container_overflow=0:allocator_may_return_null=1:quarantine_size_mb=16:malloc_context_size=8
export UBSAN_OPTIONS=print_stacktrace=1

dictionary() {  # dictionary TARGET LIST: several as one file
  local file=build/fuzz-found/$1/dictionary part
  : >"$file"
  for part in ${2//,/ }; do cat "tests/fuzz/dictionaries/$part.dict" >>"$file"; done
  echo "$file"
}

fuzz() {  # fuzz TARGET LENGTH DICTIONARIES
  local found=build/fuzz-found/$1 grown=build/fuzz-corpus/$1 corpus=tests/fuzz/corpus/$1 log=build/fuzz-found/$1.log
  mkdir -p "$found" "$grown"
  local options=("-max_len=$2" "-dict=$(dictionary "$1" "$3")" -timeout=5 -rss_limit_mb=2048 -malloc_limit_mb=512
    -detect_leaks=1 -entropic=0 "-artifact_prefix=$found/" -print_final_stats=1 -verbosity=0)
  if [ "$minimise" = yes ]; then
    mkdir "$found/minimised"
    "$build/fuzz_$1" "${options[@]}" -merge=1 "$found/minimised" "$corpus" "$grown" >"$log" 2>&1 || { cat "$log"; return 1; }
    echo "$1: $(find "$found/minimised" -type f | wc -l) inputs in $found/minimised"
    return
  fi
  local began=$SECONDS result=clean
  "$build/fuzz_$1" "${options[@]}" "${how[@]}" "$grown" "$corpus" >"$log" 2>&1 || result=broken
  local runs
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  printf '%-18s %11s executions %5d s  %s\n' "$1" "${runs:-?}" "$((SECONDS - began))" "$result"
  if [ -n "${ERAUDIT_FUZZ_LOG:-}" ]; then
    printf '%s\t%s\t%s\t%d\t%s\n' "$1" "$(git rev-parse --short HEAD)" "${runs:-?}" "$((SECONDS - began))" "$result" >>"$ERAUDIT_FUZZ_LOG"
  fi
  if [ "$result" = broken ]; then
    tail -n 60 "$log"
    return 1
  fi
}

chosen=()
while read -r name length dictionaries; do
  [ -n "$name" ] || continue
  if [ $# -eq 0 ] || [[ " $* " == *" $name "* ]]; then chosen+=("$name $length $dictionaries"); fi
done <<<"$targets"
for name in "$@"; do
  grep -q "^$name " <<<"$targets" || { echo "no target is called $name" >&2; exit 64; }
done

failed=0
running=0
jobs=${ERAUDIT_FUZZ_JOBS:-$(nproc)}
for line in "${chosen[@]}"; do
  if [ "$running" -ge "$jobs" ]; then
    wait -n || failed=1
    running=$((running - 1))
  fi
  read -r name length dictionaries <<<"$line"
  fuzz "$name" "$length" "$dictionaries" &
  running=$((running + 1))
done
while [ "$running" -gt 0 ]; do
  wait -n || failed=1
  running=$((running - 1))
done
exit "$failed"
