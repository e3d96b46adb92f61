#!/usr/bin/env bash
# quiet.sh: bootleap_on_reset() costs little and changes nothing when nothing is pending.
# SPDX-License-Identifier: MIT
#
# quiet.sh SIM ELF DEVICE MOST: at most MOST instructions, after power-on, and after a plain
# reset by the watchdog that option bytes start (the example never feeds it).
set -euo pipefail
sim=$1 elf=$2 device=$3 most=$4

for scenario in "--limit 20000" "--hardware-watchdog --limit 9000000"; do
    # shellcheck disable=SC2086
    result=$("$sim" run "$elf" --device "$device" --host end --json $scenario)
    jq -r '"\(.device): \(.on_reset | length) calls, \([.on_reset[].instructions] | max)"
           + " instructions, \([.on_reset[].ram_bytes_written] | add) bytes of RAM written, "
           + "\(.resets) resets"' <<<"$result"
    jq -e --argjson most "$most" '(.on_reset | length) == .resets + 1
        and all(.on_reset[]; (.pending | not) and .instructions <= $most and .returned == 0
                and .ram_bytes_written == 0 and (.reset_flags_changed | not))' \
        <<<"$result" >/dev/null
done
[ "$(jq .resets <<<"$result")" -ge 1 ] # the watchdog did bite
