# campaign.sh: a campaign of tests/faults has the same figures here and under Wine.
# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# usage: campaign.sh PROGRAM PROGRAM.EXE ARGUMENT...
set -eu
build=$(cd "$(dirname "$0")/../.." && pwd)/build/windows
export WINEPREFIX=${WINEPREFIX:-$build/prefix} WINEDEBUG=-all
program=$1 exe=$2
shift 2
here=$("$program" "$@" 2>/dev/null </dev/null)
there=$(/usr/lib/wine/wine64 "$exe" "$@" 2>/dev/null </dev/null | tr -d '\r')
if [ -z "$here" ] || [ "$here" != "$there" ]; then
    diff <(echo "$here") <(echo "$there") || true
    echo "FAILED: other figures under Wine"
    exit 1
fi
echo "$here"
