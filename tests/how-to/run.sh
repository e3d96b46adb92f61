#!/usr/bin/env bash
# run.sh: a recipe of docs/recipes.md, run on the virtual chip, has the outcome that it promises.
# SPDX-License-Identifier: MIT
#
# run.sh SIM ELF DEVICE JQ OPTION...: the filter JQ must hold for the JSON of the run, to which
# `texts`, the lines that the firmware printed, and `exit_code` are added.
set -euo pipefail
sim=$1 elf=$2 device=$3 holds=$4
shift 4
if [ ! -f "$elf" ]; then
    echo "no firmware at $elf: build the presets firmware-gcc and firmware-clang first"
    exit 1
fi
events=$(mktemp)
trap 'rm -f "$events"' EXIT
status=0
result=$("$sim" run "$elf" --device "$device" --json --events "$events" "$@") || status=$?
texts=$(jq -sc '[.[] | select(.event == "text") | .text]' "$events")
result=$(jq --argjson texts "$texts" --argjson status "$status" \
    '. + {texts: $texts, exit_code: $status}' <<<"$result")
jq -c '{"end": .end, exit_code, texts, returned: [.on_reset[].returned],
    handoffs: ([.handoffs[] | [.outcome, (.contract[] | select(.ok | not) | .id)]]
               | group_by(.) | map({how: .[0], count: length})),
    broken: [.checks[] | select(.ok | not) | .id]}' <<<"$result"
jq -e "$holds" <<<"$result" >/dev/null
