#!/usr/bin/env bash
# sanitize.sh: builds the host programs with clang, ASan and UBSan, and tests them again so.
# SPDX-License-Identifier: MIT
#
# sanitize.sh BUILD                  builds
# sanitize.sh BUILD GROUP AT_ONCE    the tests whose names begin with GROUP, so many at once
# Which groups: the units, the tool, the fuzz corpus, and hostile files for bootleap-check. The simulator's take long under ASan.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build=$1
log=$build.${2:-build}.log

# quietly COMMAND...: what it prints is shown if it fails.
quietly() {
    "$@" >"$log" 2>&1 || {
        cat "$log"
        exit 1
    }
}

if [ $# -eq 1 ]; then
    quietly cmake -S . -B "$build" -G Ninja -DCMAKE_C_COMPILER=clang -DCMAKE_BUILD_TYPE=Debug \
        -DBOOTLEAP_SANITIZE=ON -DBOOTLEAP_WERROR=ON
    quietly cmake --build "$build" --parallel 2
    exit
fi
export ASAN_OPTIONS=detect_leaks=1 LSAN_OPTIONS=suppressions=$PWD/tests/sanitize/leaks.txt
if ! ctest --test-dir "$build" -R "^$2\." -j "$3" --no-tests=error --output-on-failure >"$log" 2>&1; then
    grep -vE '^ +Start |  Passed  ' "$log"
    exit 1
fi
tail -n 3 "$log"
