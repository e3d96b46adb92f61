#!/usr/bin/env bash
# way.sh: --way direct calls the other entry function, and another one still where --entry says so.
# SPDX-License-Identifier: MIT
#
# way.sh SIM ELF DEVICE: ELF of the matrix, which has both
set -euo pipefail
sim=$1 elf=$2 device=$3
listing=$(mktemp)
trap 'rm -f "$listing"' EXIT

# called FUNCTION OPTION...: the run's listing begins with a call of this function.
called() {
    local function=$1
    shift
    "$sim" run "$elf" --device "$device" --enter-at application --until application --host go \
        --trace "$listing" "$@" >/dev/null || [ "$?" -eq 7 ]
    head -n 1 "$listing" | tee /dev/stderr | grep -q "^call        $function() after "
}

called bootleap_enter
called bootleap_enter --way reset
called bootleap_jump --way direct
called bootleap_jump --way direct --state handler
called bootleap_enter --way direct --entry bootleap_enter

status=0
message=$("$sim" run "$elf" --device "$device" --way sideways 2>&1) || status=$?
[ "$status" -eq 2 ]
grep -q -e "--way sideways: " <<<"$message"
