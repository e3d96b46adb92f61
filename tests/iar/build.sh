#!/usr/bin/env bash
# build.sh: Debug/Exe/project.out of the files that docs/iar.md lists, with GCC in place of IAR's compiler.
# SPDX-License-Identifier: MIT
#
# Runs in the project's folder, beside ../bootleap. The library sees IAR's part of its private header.
# shellcheck disable=SC2016 # $ and ` are what they are here
set -euo pipefail
library=../bootleap/src gnu=../bootleap/tests/iar/in_gnu_words.sh
mapfile -t files < <(sed -n 's/^| `\(bootleap[a-z_]*\.c\)` |.*/\1/p' ../bootleap/docs/iar.md)
[ "${#files[@]}" = 3 ]
mkdir -p Debug/Exe
compile=(arm-none-eabi-gcc -mcpu=cortex-m4 -mthumb -Os -g -ffreestanding -c -I. "-I$library" -DSTM32F407xx)
for file in "${files[@]}"; do
    "${compile[@]}" -D__ICCARM__ -std=c99 -pedantic-errors -Wall -Wextra -Wconversion -Wshadow -Wundef \
        -Wno-unknown-pragmas -Werror "$library/$file" -o "Debug/$file.o"
done
"${compile[@]}" '-D__no_init=__attribute__((section(".noinit")))' -Wall -Wextra -Werror main.c -o Debug/main.o
"${compile[@]}" system.c -o Debug/system.o
# IAR's library: it sets up the variables and calls main().
echo 'int main(void); void __iar_program_start(void); void __iar_program_start(void) { main(); }' |
    "${compile[@]}" -x c - -o Debug/start.o
for file in startup_stm32f407xx bootleap_depart; do
    "$gnu" "$file.s" | arm-none-eabi-as -mcpu=cortex-m4 -mthumb - -o "Debug/$file.o"
done
arm-none-eabi-ld -e Reset_Handler -Tapplication.ld Debug/*.o -o Debug/Exe/project.out
