#!/usr/bin/env bash
# manners.sh: what a run shows of a ROM's manners: one outcome, or one end, and what is noted.
# SPDX-License-Identifier: MIT
#
# manners.sh SIM ELF DEVICE JQ OPTION...: the filter JQ must hold for the JSON of the run.
set -euo pipefail
sim=$1 elf=$2 device=$3 holds=$4
shift 4
result=$("$sim" run "$elf" --device "$device" --json "$@") || [ $? -eq 7 ]
jq -c '{"end": .end, rom_version, manners, handoffs: [.handoffs[] | [.outcome, .confidence]], starts: [.starts[].starts]}' <<<"$result"
jq -e "$holds" <<<"$result" >/dev/null
