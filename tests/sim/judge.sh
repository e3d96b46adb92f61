#!/usr/bin/env bash
# judge.sh: runs firmware on the simulator and expects exactly these points to be broken.
# SPDX-License-Identifier: MIT
#
# judge.sh SIM ELF DEVICE HANDOFFS POINTS [OPTION...]
#   HANDOFFS  the least number of handoffs there must be
#   POINTS    the broken points, "H2" or "H2 H8" in order; "" for none
set -euo pipefail
sim=$1 elf=$2 device=$3 handoffs=$4 expected=$5
shift 5

if [ ! -f "$elf" ]; then
    echo "no firmware at $elf: build the presets firmware-gcc and firmware-clang first"
    exit 1
fi
status=0
result=$("$sim" run "$elf" --device "$device" --json "$@") || status=$?
if [ -z "$result" ]; then
    echo "the simulator printed no result (exit code $status)"
    exit 1
fi
broken=$(jq -r '[.handoffs[].contract[], .checks[] | select(.ok | not) | .id] | unique
                | sort_by(.[0:1], (.[1:] | tonumber)) | join(" ")' <<<"$result")
count=$(jq '.handoffs | length' <<<"$result")
summary=$(jq -r '"\(.end.why): \(.end.detail); \(.resets) resets, on reset \([.on_reset[]
                 | select(.pending | not) | .instructions] | max) instructions"' <<<"$result")

echo "$(basename "$elf") on $device: broken [$broken], $count handoffs, $summary"
if [ "$broken" != "$expected" ] || [ "$count" -lt "$handoffs" ]; then
    echo "expected: broken [$expected], at least $handoffs handoffs"
    jq . <<<"$result"
    exit 1
fi
if [ -z "$expected" ] && [ "$status" -ne 0 ]; then
    echo "expected exit code 0, got $status"
    exit 1
fi
if [ -n "$expected" ] && [ "$status" -ne 7 ]; then
    echo "expected exit code 7 (findings), got $status"
    exit 1
fi
