#!/usr/bin/env bash
# matrix_mutant.sh: the matrix finds a mutant of the library in the scenario that is about it.
# SPDX-License-Identifier: MIT
#
# matrix_mutant.sh SIM FOLDER SLUG SCENARIO WAY: SCENARIO is how the scenario's name begins
set -euo pipefail
sim=$1 folder=$2 slug=$3 scenario=$4 way=$5
status=0
result=$("$sim" matrix "$folder" --device "$slug" --jobs 1 --way "$way" --json) || status=$?
jq -r '.devices[].failures[] | "\(.scenario): \(.why)"' <<<"$result"
[ "$status" -eq 7 ]
jq -e --arg scenario "$scenario" \
    'any(.devices[].failures[]; .scenario | startswith($scenario))' <<<"$result"
