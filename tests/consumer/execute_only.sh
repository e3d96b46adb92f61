#!/usr/bin/env bash
# execute_only.sh: a build for execute-only flash has no data among instructions, or does not compile.
# SPDX-License-Identifier: MIT
#
# With -mpure-code, for each core and compiler that has it. Without BOOTLEAP_EXECUTE_ONLY it is an
# error that names the macro, at link time where that is when the code is made.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0 count=0
for build in gcc:cortex-m0plus:STM32G0B1xx gcc:cortex-m4:STM32F405xx gcc:cortex-m33:STM32U575xx \
    clang:cortex-m4:STM32F405xx clang:cortex-m33:STM32U575xx; do
    IFS=: read -r compiler core part <<<"$build"
    command=(arm-none-eabi-gcc) linker=()
    [ "$compiler" = gcc ] || { command=(clang --target=arm-none-eabi) linker=(-fuse-ld=lld); }
    command+=(-std=gnu11 -mcpu="$core" -mthumb -ffreestanding -mpure-code -Isrc "-D$part"
        -DBOOTLEAP_STACK_TOP=stack_top)
    compile() { "${command[@]}" -Os "$@" -c "$file" -o "$work/object" 2>&1; }
    for file in src/*.c; do
        compile -DBOOTLEAP_EXECUTE_ONLY
        count=$((count + 1))
        if arm-none-eabi-objdump -d "$work/object" | grep -E '\.(word|short|byte)'; then
            echo "$build: $file has data among its instructions" && status=1
        fi
    done
    file=src/bootleap.c
    for lto in "" -flto; do
        said=$(compile ${lto:+"$lto"} && "${command[@]}" "${linker[@]}" ${lto:+"$lto"} -nostdlib \
            -Wl,-e,bootleap_on_reset -Wl,--defsym=bootleap_probe=0 "$work/object" -o "$work/image" \
            2>&1) && echo "$build $lto: it is built" && status=1
        if ! grep -m 1 "define BOOTLEAP_EXECUTE_ONLY" <<<"$said"; then
            echo "$build: it does not say what to do: $said" && status=1
        fi
    done
done
# What copies its own instructions cannot be there.
file=src/bootleap.c
command=(arm-none-eabi-gcc -std=gnu11 -mcpu=cortex-m0 -mthumb -Isrc -DSTM32F042x6)
compile -DBOOTLEAP_ERASE_FIRST_PAGE
if said=$(compile -DBOOTLEAP_ERASE_FIRST_PAGE -DBOOTLEAP_EXECUTE_ONLY); then
    echo "it would erase" && status=1
fi
grep -m 1 '#error "bootleap: what erases' <<<"$said"
echo "$count objects"
exit "$status"
