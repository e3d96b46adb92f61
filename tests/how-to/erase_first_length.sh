#!/usr/bin/env bash
# erase_first_length.sh: what erases the first page and does not fit below the stack does not assemble.
# SPDX-License-Identifier: MIT
#
# With the room of the header it does, for each kind of part that needs it; with half of it the
# assembler says so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp src/*.h src/bootleap.c "$work"
room=$(sed -n 's/^#define ROOM "\([0-9]*\)"$/\1/p' src/bootleap_erase_first.h)
sed -i "s/^#define ROOM .*/#define ROOM \"$((room / 2))\"/" "$work/bootleap_erase_first.h"
for part in STM32F042x6:cortex-m0 STM32L011xx:cortex-m0plus STM32L072xx:cortex-m0plus; do
    for command in arm-none-eabi-gcc "clang --target=arm-none-eabi"; do
        # shellcheck disable=SC2206 # words
        command=($command -Os -std=c11 "-mcpu=${part#*:}" -mthumb -ffreestanding "-D${part%:*}"
            -DBOOTLEAP_ERASE_FIRST_PAGE -c -o /dev/null)
        "${command[@]}" src/bootleap.c
        if said=$("${command[@]}" "$work/bootleap.c" 2>&1); then
            echo "$part: $((room / 2)) bytes are enough" && exit 1
        fi
        grep -m 1 -i "org" <<<"$said"
    done
done
