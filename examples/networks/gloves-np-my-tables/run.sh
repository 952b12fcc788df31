#!/bin/sh
# Imports the workbook and the CSV files of tables/, checks what came of them and the network that is written by hand
# (../gloves-np-my), and compares the two.
#
#   run.sh --out DIR [--as-of 2026-06-30]
#
# Writes DIR/network (tables and import-report.json), and for both DIR/tables.* and DIR/native.*: the report as JSON, the
# findings as CSV, the questions as text. Ends as `eraudit check` does (1: an indicator is present), or with 65 if the two differ.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
native=$here/../gloves-np-my
eraudit=${ERAUDIT:-eraudit}
out='' as_of=2026-06-30
usage() {
  echo "usage: run.sh --out DIR [--as-of DAY]" >&2
  exit 64
}
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case $1 in
    --out) out=$2 ;;
    --as-of) as_of=$2 ;;
    *) usage ;;
  esac
  shift 2
done
[ -n "$out" ] || usage
built=$here/../../../build/release/examples/cli/eraudit
if ! command -v "$eraudit" >/dev/null 2>&1 && [ -x "$built" ]; then eraudit=$built; fi
if ! command -v "$eraudit" >/dev/null 2>&1; then
  echo "run.sh: there is no command '$eraudit': examples/demo.sh builds it, or name it in \$ERAUDIT" >&2
  exit 66
fi
mkdir -p "$out"

"$eraudit" import --map "$here/mapping.yaml" "$here"/tables/*.csv "$here/tables/recruitment.xlsx" -o "$out/network" --force

# check NAME NETWORK [OPTION...]
check() {
  name=$1 network=$2
  shift 2
  "$eraudit" ask "$network" --rates "$native/rates.yaml" --as-of "$as_of" >"$out/$name.questions.txt"
  code=0
  "$eraudit" check "$network" --rates "$native/rates.yaml" --as-of "$as_of" --format "json=$out/$name.json" \
    --format "csv=$out/$name.csv" --force "$@" || code=$?
  # A finding, but for where its subject stands: file and line are the last two columns.
  sed 's/,[^,]*,[^,]*$//' "$out/$name.csv" >"$out/$name.findings.csv"
  return "$code"
}
echo
code=0
check tables "$out/network" --format text || code=$?
check native "$native" --quiet || [ $? -eq "$code" ] || code=65
for file in findings.csv questions.txt; do
  if ! diff "$out/native.$file" "$out/tables.$file" >&2; then
    echo "run.sh: $file differs between the network and the tables" >&2
    code=65
  fi
done
exit "$code"
