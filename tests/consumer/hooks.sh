#!/usr/bin/env bash
# hooks.sh: the hook before SystemInit() does not link unless it is wrapped; both hooks link together.
# SPDX-License-Identifier: MIT
#
# With both compilers, with link-time optimisation, and where unused sections are left out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/start.S" <<'END'
    .syntax unified
    .thumb
    .section .vectors, "a", %progbits
    .word 0x20020000, reset_handler
    .section .text.reset_handler, "ax", %progbits
    .global reset_handler
    .type reset_handler, %function
reset_handler:
    bl SystemInit
    b .
END
cat >"$work/system.c" <<'END'
void SystemInit(void);
void SystemInit(void)
{
}
END
hooks=(src/bootleap_preinit.c src/bootleap_systeminit.c)
flags=(-Os -std=gnu11 -mcpu=cortex-m4 -mthumb -ffreestanding -Isrc -DSTM32F405xx -ffunction-sections)
link=(-nostdlib -Ttests/matrix/firmware.ld "-Wl,--gc-sections" "-Wl,--defsym=flash_start=0x08000000"
    "-Wl,--defsym=stack_top=0x20020000")
for compiler in gcc clang; do
    command=(arm-none-eabi-gcc) linker=()
    [ "$compiler" = gcc ] || { command=(clang --target=arm-none-eabi) linker=(-fuse-ld=lld); }
    for lto in "" -flto; do
        rm -f "$work"/*.o
        for file in "$work/start.S" "$work/system.c" src/bootleap.c src/bootleap_probe.c "${hooks[@]}"; do
            "${command[@]}" "${flags[@]}" ${lto:+"$lto"} -c "$file" -o "$work/$(basename "$file").o" 2>&1
        done
        image() { "${command[@]}" "${linker[@]}" "${flags[@]}" ${lto:+"$lto"} "${link[@]}" "$@" \
            "$work"/*.o -o "$work/image.elf" 2>&1; }
        image -Wl,--wrap=SystemInit
        arm-none-eabi-objdump -d "$work/image.elf" | grep 'bl.*<__wrap_SystemInit>' >/dev/null
        if said=$(image); then
            echo "$compiler $lto: it links although nobody wraps" && exit 1
        fi
        grep -m 1 -E "undefined.*__real_SystemInit" <<<"$said"
    done
done
