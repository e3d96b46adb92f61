#!/usr/bin/env bash
# blamed.sh: advice names the function at fault, who called it, and the line where the ELF has lines.
# SPDX-License-Identifier: MIT
#
# blamed.sh SIM FIRMWARE_FOLDER BLAMED_C LINES: LINES is ON where the simulator can read them
set -euo pipefail
sim=$1 firmware=$2 source=$3 lines=$4

# line WORD: the number of the line of blamed.c that ends in it
line() {
    sed -n "/line-$1\$/=" "$source"
}

# blamed ELF DEVICE POINT FUNCTION=WORD...: the function that is blamed for it, and its callers; each
# with the line that the word marks, where there are lines.
blamed() {
    local elf=$1 device=$2 point=$3 expected='' got one
    shift 3
    for one in "$@"; do
        expected+="${one%=*}"
        [[ $lines != ON || $elf = *bare* ]] || expected+=":blamed.c:$(line "${one#*=}")"
        expected+=' '
    done
    got=$("$sim" run "$elf" --device "$device" --host end --json || [ "$?" -eq 7 ])
    got=$(jq -r --arg point "$point" '[.advice[] | select(.about == $point) | ., .callers[] |
        .function + if .file then ":\(.file | split("/") | last):\(.line)" else "" end]
        | .[] + " "' <<<"$got" | tr -d '\n')
    [ "${got:0:${#expected}}" = "$expected" ] || {
        printf '%s, %s:\n  got       %s\n  expected  %s\n' "$elf" "$point" "$got" "$expected"
        exit 1
    }
}

for board in nucleo-h723zg:h723 nucleo-g0b1re:g0b1 stm32f4discovery:f405 nucleo-u575zi-q:u575; do
    for level in Os Og; do
        elf=$firmware/blamed-${board%:*}-$level.elf device=${board#*:}
        blamed "$elf" "$device" H7 HAL_InitTick=tick HAL_RCC_DeInit=deinit jump_to_bootloader=jump \
            application=application
        blamed "$elf" "$device" H4 jump_to_bootloader=masked application=application
        [ "$device" = g0b1 ] || blamed "$elf" "$device" H2 SystemInit=fpu
    done
done
blamed "$firmware/blamed-bare.elf" f405 H7 HAL_InitTick HAL_RCC_DeInit jump_to_bootloader application
blamed "$firmware/blamed-bare.elf" f405 H6 jump_to_bootloader

# says ELF TEXT: the advice of a run has it.
says() {
    local got
    got=$("$sim" run "$1" --device f405 --host end || [ "$?" -eq 7 ])
    grep -qF "$2" <<<"$got" || { echo "$1: not said: $2" && echo "$got" && exit 1; }
}

elf=$firmware/blamed-stm32f4discovery-Os.elf
says "$elf" 'H7: SysTick runs when the ROM starts (SYST_CSR.ENABLE). HAL_InitTick() wrote it last, called by HAL_RCC_DeInit(). Write 0 to SYST_CSR (SysTick->CTRL) after the call of HAL_RCC_DeInit() in jump_to_bootloader().'
says "$elf" 'H2: The FPU is on (CPACR: CP10, CP11). SystemInit() wrote it last, called by reset_handler(). Write 0 to CPACR (0xE000ED88) in jump_to_bootloader(), before the jump.'
says "$elf" 'H6: Interrupt 38 is enabled (NVIC_ISER1: interrupt 38). jump_to_bootloader() wrote it last.'
says "$firmware/blamed-new-stack.elf" 'fault: SP was used after MSR MSP: jump_to_bootloader() loads'
