#!/usr/bin/env bash
# whole_folder.sh: all of src/ in one image, as Arduino and PlatformIO compile it.
# SPDX-License-Identifier: MIT
#
# With both compilers, and with link-time optimisation, which makes one piece of all files. The words
# of the hook must be there once: two files of the image ask for them here. The mark may be in
# backup registers.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/sketch.c" <<'END'
#include "bootleap_hook.h"
#include "bootleap_hook_origin.h"
void reset_handler(void);
void reset_handler(void)
{
    for (;;) {
        keep_origin((uint32_t)bootleap_hooked_origin());
    }
}
END
for compiler in gcc clang; do
    command=(arm-none-eabi-gcc) linker=()
    [ "$compiler" = gcc ] || { command=(clang --target=arm-none-eabi); linker=(-fuse-ld=lld); }
    for flags in -Os "-Os -flto" "-Os -DBOOTLEAP_MARK_IN_BACKUP"; do
        mkdir "$work/objects"
        for file in src/*.c "$work/sketch.c"; do
            # shellcheck disable=SC2086 # one word per flag
            "${command[@]}" $flags -std=gnu11 -mcpu=cortex-m4 -mthumb -ffreestanding -Isrc -DARDUINO \
                -DSTM32F405xx -c "$file" -o "$work/objects/$(basename "$file").o"
        done
        # shellcheck disable=SC2086
        "${command[@]}" "${linker[@]}" $flags -mcpu=cortex-m4 -mthumb -nostdlib -Ttests/matrix/firmware.ld \
            -Wl,--defsym=flash_start=0x08000000 -Wl,--defsym=stack_top=0x20020000 \
            "$work"/objects/*.o -o "$work/image.elf"
        rm -r "$work/objects"
        word=$(arm-none-eabi-size -A "$work/image.elf" | awk '$1 == ".noinit" {print $2}')
        read -r end start < <(arm-none-eabi-nm "$work/image.elf" | sort -k 3 |
            awk '$3 ~ /^preinit_(start|end)$/ {printf "0x%s ", $1} END {print ""}')
        hook=$((end - start))
        echo "$compiler $flags: .noinit ${word:-0} bytes, .preinit_array $hook bytes"
        [ "$word" = 8 ] && [ "$hook" = 4 ]
    done
done
