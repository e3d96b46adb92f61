#!/usr/bin/env bash
# matrix_twice.sh: the matrix comes out the same twice, in one process and in two.
# SPDX-License-Identifier: MIT
#
# matrix_twice.sh SIM FOLDER BUILD DEVICE
# `digest` is of what came of each cell and of how many instructions it took.
set -euo pipefail
once() {
    "$1" matrix "$2" --build "$3" --device "$4" --jobs "$5" --json |
        jq -S 'del(.seconds, .instructions_per_second, .jobs)'
}
first=$(once "$@" 1)
second=$(once "$@" 2)
jq -r '.devices[] | "\(.slug): \(.digest)"' <<<"$first"
jq -e '.devices[0].digest != 0' <<<"$first" >/dev/null
diff <(echo "$first") <(echo "$second")
