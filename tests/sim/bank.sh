#!/usr/bin/env bash
# bank.sh: where options have the ROM start every boot, boots come to rest and requests are served.
# SPDX-License-Identifier: MIT
#
# bank.sh SIM ELF DEVICE
set -euo pipefail
sim=$1 elf=$2 device=$3

# runs RESETS HANDOFFS ORIGIN OPTION...: that many of each, and that is what the application
# gets from bootleap_on_reset() in the end (0: from reset, 1: from the ROM).
runs() {
    local resets=$1 handoffs=$2 origin=$3 result
    shift 3
    result=$("$sim" run "$elf" --device "$device" --bfb2 --limit 60000 --json "$@")
    echo "$device $*: $(jq -c '[.resets, (.handoffs | length), .on_reset[-1].returned]' <<<"$result")"
    jq -e --argjson resets "$resets" --argjson handoffs "$handoffs" --argjson origin "$origin" \
        '.resets == $resets and (.handoffs | length) == $handoffs
            and .on_reset[-1].returned == $origin' <<<"$result" >/dev/null
}

runs 1 0 0 --host end                       # an ordinary boot: one reset more, then rest
runs 3 1 1 --enter-at application --host go # a request: one hand-over, then back
