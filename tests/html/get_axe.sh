#!/usr/bin/env bash
# Fetches axe-core (accessibility checks, MPL-2.0) from npm into build/axe, where the tests look for it. Not part of this
# repository; npm checks its digest.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=4.14.1
mkdir -p build/axe
cd build/axe
[ -f "axe-$version.min.js" ] && exit 0
npm pack --silent "axe-core@$version" >/dev/null
tar -xzf "axe-core-$version.tgz" package/axe.min.js
mv package/axe.min.js "axe-$version.min.js"
rm -r package "axe-core-$version.tgz"
