#!/usr/bin/env bash
# bootleap.sh: stands for bootleap in tests, and runs bootleap.exe under Wine.
# SPDX-License-Identifier: MIT
#
# BOOTLEAP_EXE is the program, WINE runs it in WINEPREFIX. A terminal /dev/pts/N, or a link to it, is
# COM(33 + N) there, from which the program's messages are taken back. SIGTERM is Ctrl-C there.
set -euo pipefail
arguments=() names=()
for argument in "$@"; do
    path=${argument#serial:}
    terminal=$(readlink -f -- "$path" 2>/dev/null || true)
    if [[ $terminal =~ ^/dev/pts/([0-9]+)$ ]]; then
        port=$((33 + BASH_REMATCH[1]))
        ln -sfn "$terminal" "$WINEPREFIX/dosdevices/com$port"
        names+=(-e "s|COM$port\\b|${path//|/\\|}|g")
        argument=${argument%"$path"}COM$port
    fi
    arguments+=("$argument")
done
[ ${#names[@]} -gt 0 ] || names=(-e '')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
set -m # without it what is in the background has no Ctrl-C
"$WINE" "$BOOTLEAP_EXE" "${arguments[@]}" >"$work/out" 2>"$work/err" </dev/null &
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
