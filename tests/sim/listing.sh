#!/usr/bin/env bash
# listing.sh: --trace shows the way from the call of the entry function to the handoff, and no more.
# SPDX-License-Identifier: MIT
#
# listing.sh SIM ELF DEVICE: ELF enters the ROM from application() by bootleap_enter()
set -euo pipefail
sim=$1 elf=$2 device=$3
listing=$(mktemp)
trap 'rm -f "$listing"' EXIT

result=$("$sim" run "$elf" --device "$device" --enter-at application --host go --json \
    --trace "$listing")
head -n 2 "$listing"
tail -n 2 "$listing"
head -n 1 "$listing" | grep -Eq '^call        bootleap_enter\(\) after [0-9]+ instructions$'
tail -n 1 "$listing" | grep -q "^handoff     PC $(jq -r '.handoffs[0].pc' <<<"$result"), SP 0x2"
[ "$(grep -c '^handoff' "$listing")" = 1 ]
[ "$(grep -c '^reset       software$' "$listing")" = 1 ]
grep -Eq '^write       0xE000ED0C = 0x05FA0004$' "$listing" # SYSRESETREQ
grep -Eq '^write       0x[0-9A-F]{8} \([A-Z0-9]+\+0x[0-9A-F]{3}\) = 0x[0-9A-F]+$' "$listing"
# Nothing else is in it, every instruction is told by name, and each one was counted.
strange=$(grep -Ev '^(call|write|reset|handoff) |^0x[0-9A-F]{8}  [0-9a-f]{4}( [0-9a-f]{4})? +[a-z]' \
    "$listing" || true)
[ -z "$strange" ] || { echo "strange: $strange" && exit 1; }
from=$(sed -n '1s/.*after \([0-9]*\) .*/\1/p' "$listing")
lines=$(grep -c '^0x' "$listing")
[ "$lines" -ge "$(jq '.handoffs[0].instructions' <<<"$result")" ] && [ "$from" -gt 0 ]

# A refusal ends it too.
"$sim" run "$elf" --device "$device" --enter-at application --host end --option rdp-level-1 \
    --trace "$listing" >/dev/null || [ "$?" -eq 7 ]
tail -n 1 "$listing" | grep -q '^return      bootleap_enter() returns -6$'
