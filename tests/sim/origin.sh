#!/usr/bin/env bash
# origin.sh: the application says that it runs for the right reason, after each way out of the ROM.
# SPDX-License-Identifier: MIT
#
# origin.sh SIM ELF DEVICE ORIGIN HANDOFFS [OPTION...]: exactly HANDOFFS handoffs, no findings,
# and the last line that the application prints ends in ORIGIN.
set -euo pipefail
sim=$1 elf=$2 device=$3 origin=$4 handoffs=$5
shift 5
events=$(mktemp)
trap 'rm -f "$events"' EXIT
result=$("$sim" run "$elf" --device "$device" --json --events "$events" "$@")
last=$(jq -r 'select(.event == "text") | .text' "$events" | tail -n 1)
count=$(jq '.handoffs | length' <<<"$result")
echo "$device $*: \"$last\", $count handoffs, $(jq .resets <<<"$result") resets"
[[ $last == *", $origin" ]]
[ "$count" = "$handoffs" ]
