#!/usr/bin/env bash
# size.sh: prints what the library costs at -Os on each core with each compiler, and limits it.
# SPDX-License-Identifier: MIT
#
# size.sh PART:CORE...
# Code is .text and .rodata of the object file. Unwind tables (.ARM.exidx) are not counted: no
# code, and the linker script of the example discards them. The library has no data at all.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
limit=320
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# section PATTERN: bytes in the sections of object.o whose names match.
section() {
    arm-none-eabi-size -A "$work/object.o" |
        awk -v pattern="^($1)(\$|\\\\.)" '$1 ~ pattern {sum += $2} END {print sum + 0}'
}

status=0
printf 'Library at -Os, bytes (limit %d of code, 0 of data and bss)\n' "$limit"
printf '%-14s %-14s %-6s %5s %5s %5s\n' core part with code data bss
for chip in "$@"; do
    part=${chip%%:*} core=${chip##*:}
    for compiler in gcc clang; do
        command=(arm-none-eabi-gcc)
        [ "$compiler" = gcc ] || command=(clang --target=arm-none-eabi)
        "${command[@]}" -std=c11 -Os -mcpu="$core" -mthumb -ffreestanding -D"$part" \
            -c src/bootleap.c -o "$work/object.o"
        code=$(($(section '\.text') + $(section '\.rodata')))
        data=$(section '\.data') bss=$(($(section '\.bss') + $(section COMMON)))
        printf '%-14s %-14s %-6s %5d %5d %5d\n' "$core" "$part" "$compiler" "$code" "$data" "$bss"
        if [ "$code" -gt "$limit" ] || [ "$code" -eq 0 ] || [ $((data + bss)) -ne 0 ]; then
            echo "^ too large"
            status=1
        fi
    done
done
exit "$status"
