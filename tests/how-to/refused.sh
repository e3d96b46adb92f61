#!/usr/bin/env bash
# refused.sh: a choice of the mark's place that cannot work is a compile error that says so.
# SPDX-License-Identifier: MIT
#
# refused.sh PATTERN FILE FLAG...: compiling src/FILE fails, with one #error that matches PATTERN.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
pattern=$1 file=$2
shift 2
if output=$(arm-none-eabi-gcc -std=c11 -mthumb -c -o /dev/null -Isrc "$@" "src/$file" 2>&1); then
    echo "src/$file compiles with $*"
    exit 1
fi
grep -E 'error:' <<<"$output"
[ "$(grep -cE "error: .*$pattern" <<<"$output")" = 1 ]
