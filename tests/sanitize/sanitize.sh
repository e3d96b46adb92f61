#!/usr/bin/env bash
# sanitize.sh: builds the host programs with clang, ASan and UBSan, and tests them again so.
# SPDX-License-Identifier: MIT
#
# sanitize.sh BUILD
# Which tests: those of the units and of the tool, and the fuzz corpus. The simulator's take long
# under ASan.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build=$1

cmake -S . -B "$build" -G Ninja -DCMAKE_C_COMPILER=clang -DCMAKE_BUILD_TYPE=Debug \
    -DBOOTLEAP_SANITIZE=ON -DBOOTLEAP_WERROR=ON >"$build.log" 2>&1 || { cat "$build.log"; exit 1; }
cmake --build "$build" >"$build.log" 2>&1 || { cat "$build.log"; exit 1; }
# The tests of the tool mostly wait: more at once than there are processors.
export ASAN_OPTIONS=detect_leaks=1 LSAN_OPTIONS=suppressions=$PWD/tests/sanitize/leaks.txt
if ! ctest --test-dir "$build" -R '^(unit|cli|fuzz)\.' -j 4 --output-on-failure >"$build.log" 2>&1; then
    grep -vE '^ +Start |  Passed  ' "$build.log"
    exit 1
fi
tail -n 3 "$build.log"
