#!/usr/bin/env bash
# size.sh: prints what the library costs at -Os on each core with each compiler, and limits it.
# SPDX-License-Identifier: MIT
#
# size.sh [--both] PART:CORE...
# Without --both Clang is left out where it is not installed: script/demo needs it not.
# Code is .text and .rodata of the object files: `way` of bootleap.c, the way through a reset,
# `probe` of bootleap_probe.c. Unwind tables (.ARM.exidx) are not counted: no code, and the linker
# script of the example discards them. The library has no data at all.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
way_limit=320 probe_limit=192
# The other files, each for those who use it, are measured and limited alike.
direct_limit=700 return_limit=96 fix_limit=88 options_limit=560
# Opening backup registers for the mark is counted too, and telling the boots that a ROM starts.
backup_limit=408 bank_limit=324
compilers=(gcc clang)
if [ "$1" = --both ]; then
    shift
elif ! command -v clang >/dev/null; then
    echo "Clang is not installed, so it is left out: script/setup installs it."
    compilers=(gcc)
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# section PATTERN FILE: bytes in the sections of FILE whose names match.
section() {
    arm-none-eabi-size -A "$2" |
        awk -v pattern="^($1)(\$|\\\\.)" '$1 ~ pattern {sum += $2} END {print sum + 0}'
}

# lists FILE: bytes of the lists of registers in an object file, which differ from part to part.
lists() {
    arm-none-eabi-nm -S -t d "$1" |
        awk '$4 ~ /(^|\.)(clock_steps|resets|controllers)(\.|$)/ {sum += $2} END {print sum + 0}'
}

# measure FILE: compiles it and prints code and data.
measure() {
    "${command[@]}" -c "src/$1.c" -o "$work/$1.o"
    printf '%d %d\n' "$(($(section '\.text' "$work/$1.o") + $(section '\.rodata' "$work/$1.o") +
            $(section '\.bootleap_return' "$work/$1.o")))" \
        "$(($(section '\.data' "$work/$1.o") + $(section '\.bss' "$work/$1.o") +
            $(section COMMON "$work/$1.o")))"
}

status=0
printf 'Library at -Os, bytes; limits: %d of way (%d where the ROM starts boots, %d with backup\n' \
    "$way_limit" "$bank_limit" "$backup_limit"
printf 'registers), %d of probe, %d of direct (its lists apart), %d of return (with its table),\n' \
    "$probe_limit" "$direct_limit" "$return_limit"
printf '%d of fix, %d of options, 0 of data\n' "$fix_limit" "$options_limit"
printf '%-14s %-14s %-6s %5s %5s %6s %5s %6s %5s %7s %5s\n' core part with way probe direct lists \
    return fix options data
for chip in "$@"; do
    part=${chip%%:*} core=${chip##*:}
    for compiler in "${compilers[@]}"; do
        command=(arm-none-eabi-gcc)
        [ "$compiler" = gcc ] || command=(clang --target=arm-none-eabi)
        command+=(-std=c11 -Os -mcpu="$core" -mthumb -ffreestanding -D"$part")
        limit=$way_limit
        "${command[@]}" -include src/bootleap_devices.h -dM -E -x c /dev/null >"$work/macros"
        grep -q 'BOOTLEAP_ROM_FIRST 1$' "$work/macros" && limit=$bank_limit
        grep -q 'BOOTLEAP_BACKUP 1$' "$work/macros" && limit=$backup_limit
        read -r way way_data < <(measure bootleap)
        read -r probe probe_data < <(measure bootleap_probe)
        read -r direct direct_data < <(measure bootleap_jump)
        lists=$(lists "$work/bootleap_jump.o")
        direct=$((direct - lists))
        read -r back back_data < <(measure bootleap_return)
        read -r fix fix_data < <(measure bootleap_fix_after_rom)
        read -r options options_data < <(measure bootleap_option_bytes)
        data=$((way_data + probe_data + direct_data + back_data + fix_data + options_data))
        printf '%-14s %-14s %-6s %5d %5d %6d %5d %6d %5d %7d %5d\n' "$core" "$part" "$compiler" \
            "$way" "$probe" "$direct" "$lists" "$back" "$fix" "$options" "$data"
        if [ "$way" -gt "$limit" ] || [ "$way" -eq 0 ] || [ "$probe" -gt "$probe_limit" ] ||
            [ "$probe" -eq 0 ] || [ "$data" -ne 0 ] || [ "$back" -gt "$return_limit" ] ||
            [ "$direct" -gt "$direct_limit" ] || [ "$direct" -eq 0 ] || [ "$fix" -gt "$fix_limit" ] || [ "$options" -gt "$options_limit" ]; then
            echo "^ too large"
            status=1
        fi
    done
done
exit "$status"
