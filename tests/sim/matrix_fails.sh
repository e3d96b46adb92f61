#!/usr/bin/env bash
# matrix_fails.sh: the matrix finds a broken library, says where, and ends with code 7.
# SPDX-License-Identifier: MIT
#
# matrix_fails.sh SIM BROKEN_ELF SLUG POINT
set -euo pipefail
sim=$1 elf=$2 slug=$3 point=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/broken"
cp "$elf" "$work/broken/$slug.elf"
status=0
output=$("$sim" matrix "$work" --device "$slug") || status=$?
echo "$output" | tail -n 8
[ "$status" -eq 7 ]
grep -q "^$slug, .*: $point:" <<<"$output"
grep -q "bootleap-sim run $work/broken/$slug.elf --device $slug" <<<"$output"

# What is not there is not passed over.
status=0
message=$("$sim" matrix "$work" --device n6 2>&1 >/dev/null) || status=$?
[ "$status" -eq 2 ]
grep -q "n6: it is not run: " <<<"$message"
status=0
message=$("$sim" matrix "$work" 2>&1 >/dev/null) || status=$?
[ "$status" -eq 2 ]
grep -q "no folder in .* holds a " <<<"$message"
