#!/bin/sh
# Imports the recruiter table and checks the network.
#
#   run.sh --recruiters h2b_recruiters.csv --out DIR [--as-of 2021-09-30] [--pseudonym-key-file FILE]
#
# Writes DIR/network (tables and import-report.json) and DIR/report.json. Ends as `eraudit check` does: 0 or 1
# if the network was checked.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
eraudit=${ERAUDIT:-eraudit}
recruiters='' out='' as_of='' key=''
usage() {
  echo "usage: run.sh --recruiters FILE --out DIR [--as-of DAY] [--pseudonym-key-file FILE]" >&2
  exit 64
}
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case $1 in
    --recruiters) recruiters=$2 ;;
    --out) out=$2 ;;
    --as-of) as_of=$2 ;;
    --pseudonym-key-file) key=$2 ;;
    *) usage ;;
  esac
  shift 2
done
if [ -z "$recruiters" ] || [ -z "$out" ]; then usage; fi
mkdir -p "$out"
"$eraudit" import --map "$here/mapping.yaml" "$recruiters" -o "$out/network" --force \
  ${key:+--pseudonym-key-file "$key"}
"$eraudit" check "$out/network" ${as_of:+--as-of "$as_of"} --format text --format "json=$out/report.json" --force
