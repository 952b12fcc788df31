#!/usr/bin/env bash
# Fetches axe-core (accessibility checks, MPL-2.0) into build/axe/axe.min.js, where the tests look for it: from npm, which
# checks its digest, or, where there is no npm, an older one out of a Python package. Not part of this repository.
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p build/axe
cd build/axe
[ -f axe.min.js ] && exit 0
if command -v npm >/dev/null 2>&1; then
  npm pack --silent axe-core@4.14.1 >/dev/null
  tar -xzf axe-core-4.14.1.tgz package/axe.min.js
  mv package/axe.min.js .
  rm -r package axe-core-4.14.1.tgz
else
  python3 -m pip download -q --no-deps axe-core-python==0.1.0
  python3 -m zipfile -e axe_core_python-0.1.0-py3-none-any.whl unpacked
  mv unpacked/axe_core_python/axe.min.js .
  rm -r unpacked axe_core_python-0.1.0-py3-none-any.whl
fi
