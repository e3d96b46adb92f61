#!/usr/bin/env bash
# snippet.sh: the assembly that docs/recipes.md shows is the assembly that the tests run.
# SPDX-License-Identifier: MIT
#
# Each block of the page stands in examples/how-to/assembly/startup.S, line by line. Not preprocessed, as
# ST's files are not, it assembles for a Cortex-M0 too.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
awk -v folder="$work" '/^```asm$/ {file = folder "/" ++count ".s"; next} /^```$/ {file = ""}
    file {print > file}' docs/recipes.md
tested=$(<examples/how-to/assembly/startup.S)
for block in "$work"/*.s; do
    if [[ $tested != *"$(<"$block")"* ]]; then
        echo "not in startup.S:" && cat "$block" && exit 1
    fi
    { printf '.syntax unified\n.thumb\n' && cat "$block"; } >"$block.whole.s"
    for core in cortex-m0 cortex-m4; do
        arm-none-eabi-gcc -mcpu=$core -mthumb -c "$block.whole.s" -o "$work/object"
        clang --target=arm-none-eabi -mcpu=$core -mthumb -c "$block.whole.s" -o "$work/object"
    done
done
echo "$(find "$work" -name '*.whole.s' | wc -l) blocks"
[ "$(find "$work" -name '*.whole.s' | wc -l)" = 2 ]
