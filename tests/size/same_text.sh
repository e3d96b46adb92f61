#!/usr/bin/env bash
# same_text.sh: compares the code of two builds, ELF by ELF: did a change of src/ change any byte?
# SPDX-License-Identifier: MIT
#
# same_text.sh OLD NEW
# Looks for each *.elf below the folder OLD at the same place below NEW. Compared are all bytes that
# are loaded (.text and what else lies in flash), without symbols, debug information and paths.
# Exit code 0: all are equal. 7: some differ, and their names are printed. 2: wrong use, nothing to
# compare, or an ELF of OLD that NEW does not have.
set -euo pipefail
if [ $# -ne 2 ] || [ ! -d "$1" ] || [ ! -d "$2" ]; then
    echo "usage: same_text.sh OLD NEW (two folders with ELFs)" >&2
    exit 2
fi
old=$1 new=$2 equal=0 different=0 missing=0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# code FILE OUT: what is loaded of it and where, without the gaps between.
code() {
    arm-none-eabi-objcopy -O ihex "$1" "$work/$2"
}

while IFS= read -r -d '' name; do
    if [ ! -f "$new/$name" ]; then
        echo "missing:   $name"
        missing=$((missing + 1))
        continue
    fi
    code "$old/$name" old
    code "$new/$name" new
    if cmp -s "$work/old" "$work/new"; then
        equal=$((equal + 1))
    else
        echo "different: $name"
        different=$((different + 1))
    fi
done < <(cd "$old" && find . -name '*.elf' -type f -printf '%P\0' | sort -z)
echo "$equal ELFs have the same code, $different differ, $missing are missing"
[ "$missing" -eq 0 ] && [ $((equal + different)) -gt 0 ] || exit 2
[ "$different" -eq 0 ] || exit 7
