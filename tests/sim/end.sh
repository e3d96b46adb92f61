#!/usr/bin/env bash
# end.sh: a run must end, or print on a USART, as said: tests of the judge itself.
# SPDX-License-Identifier: MIT
#
# end.sh SIM ELF DEVICE WHAT PATTERN
#   WHAT   fault: the run ends in a fault whose detail matches PATTERN
#          text: a line that the firmware prints matches PATTERN, and 0x4002F000, which it
#          touches and nobody models, is listed
set -euo pipefail
sim=$1 elf=$2 device=$3 what=$4 pattern=$5
events=$(mktemp)
trap 'rm -f "$events"' EXIT
result=$("$sim" run "$elf" --device "$device" --host end --limit 30000 --json \
    --events "$events") || true

case $what in
fault)
    jq -r '"\(.end.why): \(.end.detail)"' <<<"$result"
    jq -e --arg pattern "$pattern" \
        '.end.why == "fault" and .findings and (.end.detail | test($pattern))' \
        <<<"$result" >/dev/null
    ;;
text)
    jq -r 'select(.event == "text") | .text' "$events" | tee /dev/stderr | grep -q "$pattern"
    jq -e '.not_modelled | any(test("^register 0x4002F000, first touched by PC 0x08"))' \
        <<<"$result" >/dev/null
    ;;
esac
