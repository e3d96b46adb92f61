#!/usr/bin/env bash
# matrix_twice.sh: the matrix comes out the same twice, in one process and in two.
# SPDX-License-Identifier: MIT
#
# matrix_twice.sh SIM FOLDER BUILD DEVICE
# The cells are compared in all fields, instructions among them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fields=points,outcome,refusal,handoffs,resets,unmodelled,earned,instructions
once() {
    "$1" matrix "$2" --build "$3" --device "$4" --jobs "$5" --digest="$fields" \
        --cells "$work/cells-$5" --json |
        jq -S 'del(.seconds, .instructions_per_second, .jobs)'
}
first=$(once "$@" 1)
second=$(once "$@" 2)
jq -r '.digest.sha256' <<<"$first"
jq -e --arg fields "$fields" '.digest.fields | join(",") == $fields' <<<"$first"
diff <(echo "$first") <(echo "$second")
diff "$work/cells-1" "$work/cells-2"
