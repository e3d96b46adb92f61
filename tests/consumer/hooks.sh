#!/usr/bin/env bash
# hooks.sh: the hook before SystemInit() does not link unless it is called; both hooks link together.
# SPDX-License-Identifier: MIT
#
# With both compilers, with link-time optimisation, and where unused sections are left out: there GCC
# binds a call in C past the hook, which must not link.
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
    *(volatile unsigned *)0xE000ED08 = 0x08000000; // an empty one Clang does not even call
}
END
cat >"$work/start.c" <<'END'
void SystemInit(void);
void reset_handler(void);
extern unsigned stack_top[];
__attribute__((section(".vectors"), used)) static const void *const vectors[] = {
    stack_top, (const void *)reset_handler};
void reset_handler(void)
{
    SystemInit();
    for (;;) {
    }
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

    # start SYSTEM_FLAG START_FLAG HOOK...: with start-up code in C; SystemInit() and it have these flags.
    start() {
        rm -f "$work"/*.o
        "${command[@]}" "${flags[@]}" "$1" -c "$work/system.c" -o "$work/system.o"
        "${command[@]}" "${flags[@]}" "$2" -c "$work/start.c" -o "$work/start.o"
        shift 2
        for file in src/bootleap.c src/bootleap_probe.c "$@"; do
            "${command[@]}" "${flags[@]}" -flto -c "$file" -o "$work/$(basename "$file").o"
        done
        "${command[@]}" "${linker[@]}" "${flags[@]}" -flto "${link[@]}" -Wl,--wrap=SystemInit \
            "$work"/*.o -o "$work/image.elf" 2>&1
    }
    calls() { arm-none-eabi-objdump -d "$work/image.elf" | grep -i 'mrs.*PRIMASK' >/dev/null; }
    if [ "$compiler" = clang ]; then
        start -flto -flto src/bootleap_systeminit.c
        calls
    elif said=$(start -flto -flto src/bootleap_systeminit.c); then
        echo "gcc: it links although nobody calls the hook" && exit 1
    else
        grep -m 1 "section \`.text.bootleap_hook_never_called'" <<<"$said"
    fi
    for cure in "-fno-lto -flto" "-flto -fno-lto"; do
        # shellcheck disable=SC2086 # two words
        start $cure src/bootleap_systeminit.c
        calls
    done
done
