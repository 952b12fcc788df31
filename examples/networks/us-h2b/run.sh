#!/bin/sh
# Imports the recruiter table, with the cases and debarments if there are any, and checks the network.
#
#   run.sh --recruiters FILE.xlsx [--cases FILE.xlsx] [--debarments FILE.csv] --out DIR
#          [--as-of 2021-09-30] [--pseudonym-key-file FILE]
#
# Files are XLSX or CSV. Writes DIR/network (tables and import-report.json) and DIR/report.json. Ends as
# `eraudit check` does: 0 or 1 if the network was checked.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
eraudit=${ERAUDIT:-eraudit}
recruiters='' cases='' debarments='' out='' as_of='' key=''
usage() {
  echo "usage: run.sh --recruiters FILE [--cases FILE] [--debarments FILE] --out DIR [--as-of DAY] [--pseudonym-key-file FILE]" >&2
  exit 64
}
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case $1 in
    --recruiters) recruiters=$2 ;;
    --cases) cases=$2 ;;
    --debarments) debarments=$2 ;;
    --out) out=$2 ;;
    --as-of) as_of=$2 ;;
    --pseudonym-key-file) key=$2 ;;
    *) usage ;;
  esac
  shift 2
done
if [ -z "$recruiters" ] || [ -z "$out" ]; then usage; fi
built=$here/../../../build/release/examples/cli/eraudit
if ! command -v "$eraudit" >/dev/null 2>&1 && [ -x "$built" ]; then eraudit=$built; fi
if ! command -v "$eraudit" >/dev/null 2>&1; then
  echo "run.sh: there is no command '$eraudit': examples/demo.sh builds it, or name it in \$ERAUDIT" >&2
  exit 66
fi
mkdir -p "$out"
# The workbook names the individual recruiters. Without a key of the user's, the table's digest is one: who can compute it
# has the names already.
if [ -z "$key" ]; then
  key=$(mktemp)
  trap 'rm -f "$key"' EXIT
  sha256sum <"$recruiters" | cut -d ' ' -f 1 >"$key"
fi
"$eraudit" import --map "$here/mapping.yaml" "recruiters=$recruiters" ${cases:+"cases=$cases"} \
  ${debarments:+"debarments=$debarments"} -o "$out/network" --force --pseudonym-key-file "$key"
"$eraudit" check "$out/network" ${as_of:+--as-of "$as_of"} --format text --format "json=$out/report.json" --force
