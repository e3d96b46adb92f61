#!/usr/bin/env bash
# departure.sh: what tools/iar_departure.py writes is, byte for byte, what GCC makes of src/bootleap.c.
# SPDX-License-Identifier: MIT
#
# For a part of each architecture; the page has the Cortex-M4. Besides: what the script cannot write it
# refuses, and the C files that IAR compiles ask only for forms that it has.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for build in cortex-m0plus:STM32G0B1xx cortex-m7:STM32H723xx cortex-m33:STM32U575xx; do
    flags=("-mcpu=${build%%:*}" "-D${build##*:}" "-DBOOTLEAP_HOLD={0x40020018u,1u},{0x4002001Cu,2u}")
    tools/iar_departure.py "${flags[@]}" >"$work/departure.s"
    "$here/in_gnu_words.sh" "$work/departure.s" | arm-none-eabi-as "${flags[0]}" -mthumb - -o "$work/script.o"
    arm-none-eabi-objcopy -O binary -j .text "$work/script.o" "$work/script"
    arm-none-eabi-gcc "${flags[@]}" -mthumb -Os -ffreestanding -ffunction-sections -c src/bootleap.c \
        -o "$work/inline.o"
    arm-none-eabi-objcopy -O binary -j .text.bootleap_depart "$work/inline.o" "$work/inline"
    cmp "$work/script" "$work/inline"
    [ "$(stat -c %s "$work/script")" -gt 100 ]
done

for macro in BOOTLEAP_MARK_IN_BACKUP BOOTLEAP_EXECUTE_ONLY; do
    if tools/iar_departure.py -mcpu=cortex-m4 -DSTM32F405xx "-D$macro" 2>"$work/said"; then
        echo "takes $macro" && exit 1
    fi
    grep 'needs more than itself' "$work/said"
done
if tools/iar_departure.py -mcpu=cortex-m0 -DSTM32F042x6 -DBOOTLEAP_ERASE_FIRST_PAGE 2>"$work/said"; then
    echo "takes BOOTLEAP_ERASE_FIRST_PAGE" && exit 1
fi
grep 'copies its own code' "$work/said"

# Who compiles the C for one of these, or with Arm's compiler before Clang, is told so.
refuses() {
    local message=$1
    shift
    ! arm-none-eabi-gcc -mthumb -fsyntax-only "$@" src/bootleap.c 2>"$work/said" &&
        grep -m 1 "$message" "$work/said"
}
refuses '#error "bootleap: a mark in backup registers' -mcpu=cortex-m4 -DSTM32F405xx -D__ICCARM__ \
    -DBOOTLEAP_MARK_IN_BACKUP
refuses '#error "bootleap: BOOTLEAP_ERASE_FIRST_PAGE' -mcpu=cortex-m0 -DSTM32F042x6 -D__ICCARM__ \
    -DBOOTLEAP_ERASE_FIRST_PAGE
refuses '#error "bootleap: Arm Compiler 5' -mcpu=cortex-m4 -DSTM32F405xx -D__CC_ARM

# Attributes and single instructions, by their names; nothing of GNU's besides.
for file in bootleap bootleap_probe bootleap_strerror bootleap_jump bootleap_fix_after_rom \
    bootleap_option_bytes; do
    arm-none-eabi-gcc -mcpu=cortex-m33 -mthumb -DSTM32U575xx -D__ICCARM__ -ffreestanding -E -P "src/$file.c"
done >"$work/all.c"
gnu='__attribute__\(\(\w+|__builtin\w*|__asm__|__typeof\w*|\(\{|__asm volatile\("[^"]*"'
diff <(grep -oE "$gnu" "$work/all.c" | LC_ALL=C sort -u) - <<'END'
__asm volatile("cpsid i"
__asm volatile("dsb"
__asm volatile("isb"
__asm volatile("mrs %0, control"
__asm volatile("mrs %0, ipsr"
__asm volatile("mrs %0, primask"
__asm volatile("msr primask, %0"
__asm volatile("strd %1, %1, [%0]"
__asm volatile("wfi"
__attribute__((__noreturn__
__attribute__((used
END
