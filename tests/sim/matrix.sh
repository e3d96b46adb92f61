#!/usr/bin/env bash
# matrix.sh: every device in every scenario with one build, and README's summary of it is current.
# SPDX-License-Identifier: MIT
#
# matrix.sh SIM FOLDER BUILD WRITE_PROOF
set -euo pipefail
sim=$1 folder=$2 build=$3 write_proof=$4
result=$(mktemp)
trap 'rm -f "$result"' EXIT
status=0
"$sim" matrix "$folder" --build "$build" --jobs 1 --json >"$result" || status=$?
jq -r '.devices[].failures[] | "\(.scenario): \(.why)\n  \(.command)"' "$result"
jq -r '"\(.totals.enter) devices enter, \(.totals.refuse) refuse, \(.totals.not_run) not run; " +
    "\(.cells.entered + .cells.refused + .cells.ran) cells, \(.cells.failed) failed, " +
    "\(.seconds) s"' "$result"
[ "$status" -eq 0 ]
python3 -B "$write_proof" --check "$result"
