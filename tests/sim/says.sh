#!/usr/bin/env bash
# says.sh: runs firmware on the simulator and expects its result to say why it ended.
# SPDX-License-Identifier: MIT
#
# says.sh SIM ELF DEVICE TEXT [OPTION...]: TEXT is in the end's detail or in the advice
set -euo pipefail
sim=$1 elf=$2 device=$3 text=$4
shift 4
if [ ! -f "$elf" ]; then
    echo "no firmware at $elf: build the presets firmware-gcc and firmware-clang first"
    exit 1
fi
result=$("$sim" run "$elf" --device "$device" --json "$@") || [ $? -eq 7 ]
jq -r '"\(.end.why): \(.end.detail)", (.advice[]? | "\(.about): \(.text)")' <<<"$result" |
    tee /dev/stderr | grep -F -q -- "$text"
