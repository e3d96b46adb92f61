#!/usr/bin/env bash
# ends.sh: a run ends for this reason, with a detail that matches a pattern, and without findings.
# SPDX-License-Identifier: MIT
#
# ends.sh SIM ELF DEVICE WHY PATTERN [OPTION...]
set -euo pipefail
sim=$1 elf=$2 device=$3 why=$4 pattern=$5
shift 5
result=$("$sim" run "$elf" --device "$device" --json "$@")
jq -r '"\(.end.why): \(.end.detail)"' <<<"$result"
jq -e --arg why "$why" --arg pattern "$pattern" \
    '.end.why == $why and (.end.detail | test($pattern)) and (.findings | not)' <<<"$result"
