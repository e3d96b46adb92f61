#!/usr/bin/env bash
# bootleap.sh: stands for bootleap in tests, and runs bootleap.exe under Wine.
# SPDX-License-Identifier: MIT
#
# It is in build/windows/tool. A terminal, also one that comes later, is a port from COM33 up there,
# and the program's messages name the terminal again. SIGTERM is Ctrl-C there.
set -euo pipefail
build=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/build/windows
export WINEPREFIX=${WINEPREFIX:-$build/prefix} WINEDEBUG=-all
work=$(mktemp -d)
trap 'rm -rf "$work" "${links[@]}"' EXIT
arguments=() names=(-e '') links=()
declare -A ports

is_terminal() {
    [[ $(readlink -f -- "$1" 2>/dev/null) == /dev/pts/* ]] || { [[ $1 == /*/port* ]] && [ ! -e "$1" ]; }
}

# to_port PATH: $port is its name there, the first one that no other test has now.
to_port() {
    local next=33
    if [ -z "${ports[$1]:-}" ]; then
        until ln -sn "$1" "$WINEPREFIX/dosdevices/com$next" 2>/dev/null; do
            next=$((next + 1))
            [ "$next" -lt 1000 ] || exit 99
        done
        ports[$1]=COM$next
        links+=("$WINEPREFIX/dosdevices/com$next")
        names+=(-e "s|COM$next\\b|$1|g")
    fi
    port=${ports[$1]}
}

for argument in "$@"; do
    path=${argument#serial:}
    if is_terminal "$path"; then
        to_port "$path"
        argument=${argument%"$path"}$port
    fi
    arguments+=("$argument")
done

set -m # without it what is in the background has no Ctrl-C
/usr/lib/wine/wine64 "$build/tool/bootleap.exe" "${arguments[@]}" >"$work/out" 2>"$work/err" </dev/null &
tool=$!
trap 'kill -INT "$tool"' TERM
code=0
wait "$tool" || code=$?
trap - TERM
if kill -0 "$tool" 2>/dev/null; then # the signal ended the wait, not the program
    code=0
    wait "$tool" || code=$?
fi
sed "${names[@]}" "$work/out"
sed "${names[@]}" "$work/err" >&2
exit "$code"
