#!/usr/bin/env bash
# page.sh: every command of docs/recipes.md runs as it stands there, and ends as the page says.
# SPDX-License-Identifier: MIT
#
# page.sh: clean, except for the recipe that is not to be copied, and for the two requests that are
# refused, after which nothing was judged.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
count=0 status=0
while read -r line; do
    expected=0
    [[ $line != *how-to-flag-stm32* && $line != *"--send u "* && $line != *rdp-level-1* ]] ||
        expected=7
    code=0
    bash -c "$line" >/dev/null || code=$?
    printf '%d: %s\n' "$code" "$line"
    [ "$code" = "$expected" ] || status=1
    count=$((count + 1))
done < <(grep '^build/bootleap-sim ' docs/recipes.md)
echo "$count commands"
[ "$count" -ge 13 ]
exit "$status"
