#!/usr/bin/env bash
# check_same_text.sh: same_text.sh tells equal code from different code, and says what is missing.
# SPDX-License-Identifier: MIT
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/old/folder" "$work/new/folder"

# compile NUMBER OUT FLAG...: a program that returns it.
compile() {
    echo "int _start(void); int _start(void) { return $1; }" |
        arm-none-eabi-gcc -mcpu=cortex-m4 -mthumb -nostdlib -x c - -o "$2" "${@:3}"
}

# ends CODE PATTERN: same_text.sh does so, and prints a line that matches.
ends() {
    local code=0 output
    output=$("$here/same_text.sh" "$work/old" "$work/new") || code=$?
    if [ "$code" -ne "$1" ] || ! grep -qE "$2" <<<"$output"; then
        printf 'exit code %s, expected %s and a line "%s":\n%s\n' "$code" "$1" "$2" "$output"
        exit 1
    fi
}

ends 2 '^0 ELFs have the same code, 0 differ'
compile 1 "$work/old/folder/a.elf" -O1
compile 1 "$work/old/b.elf" -O1
compile 1 "$work/new/folder/a.elf" -O1 -g # debug information is no code
ends 2 '^missing:   b.elf$'
compile 1 "$work/new/b.elf" -O1
ends 0 '^2 ELFs have the same code, 0 differ, 0 are missing$'
compile 2 "$work/new/folder/a.elf" -O1
ends 7 '^different: folder/a.elf$'
