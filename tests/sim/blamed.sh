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

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# judge ELF DEVICE: runs it, the result is in $folder/result
judge() {
    elf=$1
    "$sim" run "$elf" --device "$2" --host end --json >"$folder/result" || [ "$?" -eq 7 ]
}

# blamed POINT FUNCTION=WORD...: the function that is blamed for it, and its callers; each with the
# line that the word marks, where there are lines.
blamed() {
    local point=$1 expected='' got one
    shift
    for one in "$@"; do
        expected+="${one%=*}"
        [[ $lines != ON || $elf = *bare* ]] || expected+=":blamed.c:$(line "${one#*=}")"
        expected+=' '
    done
    got=$(jq -r --arg point "$point" '[.advice[] | select(.about == $point) | ., .callers[] |
        .function + if .file then ":\(.file | split("/") | last):\(.line)" else "" end]
        | .[] + " "' "$folder/result" | tr -d '\n')
    [ "${got:0:${#expected}}" = "$expected" ] || {
        printf '%s, %s:\n  got       %s\n  expected  %s\n' "$elf" "$point" "$got" "$expected"
        exit 1
    }
}

# says POINT TEXT: what is said of it begins so.
says() {
    local got
    got=$(jq -r --arg point "$1" '.advice[] | select(.about == $point).text' "$folder/result")
    [ "${got:0:${#2}}" = "$2" ] || {
        printf '%s, %s:\n  got       %s\n  expected  %s\n' "$elf" "$1" "$got" "$2"
        exit 1
    }
}

for board in nucleo-h723zg:h723 nucleo-g0b1re:g0b1 stm32f4discovery:f405 nucleo-u575zi-q:u575; do
    for level in Og Os; do
        [[ $level$board != Og* || $board = *f405 ]] || continue
        judge "$firmware/blamed-${board%:*}-$level.elf" "${board#*:}"
        blamed H7 HAL_InitTick=tick HAL_RCC_DeInit=deinit jump_to_bootloader=jump \
            application=application
        blamed H4 jump_to_bootloader=masked application=application
        says H7 "SysTick runs when the ROM starts, without its interrupt (SYST_CSR.ENABLE). HAL_InitTick() wrote it last, \
called by HAL_RCC_DeInit(). Write 0 to SYST_CSR (SysTick->CTRL) after the call of HAL_RCC_DeInit() \
in jump_to_bootloader()."
        [[ $board = *g0b1 ]] && continue # no FPU, and no interrupt 38
        blamed H2 SystemInit=fpu
        blamed H6 jump_to_bootloader=interrupt
        says H2 "The FPU is on (CPACR: CP10, CP11). SystemInit() wrote it last, called by \
reset_handler(). Write 0 to CPACR (0xE000ED88) in jump_to_bootloader(), before the jump."
        says H6 'Interrupt 38 is enabled (NVIC_ISER1: interrupt 38'
    done
done
judge "$firmware/blamed-new-stack.elf" f405
says fault 'SP was used after MSR MSP: jump_to_bootloader() loads the target of its jump from the new'

# Where a run stands has its line too.
judge "$firmware/fault-nucleo-h723zg-3.elf" h723
jq -e --arg lines "$lines" '.where.places[0] | .function == "reset_handler" and .pc != null
    and if $lines == "ON" then (.file | endswith("/fault.c")) and .line > 0
        else has("file") | not end' "$folder/result" >/dev/null ||
    { echo "where: $(jq -c .where "$folder/result")" && exit 1; }

# Without DWARF the functions are known, without symbols the address.
arm-none-eabi-objcopy --strip-debug "$firmware/blamed-stm32f4discovery-Os.elf" "$folder/bare.elf"
judge "$folder/bare.elf" f405
blamed H7 HAL_InitTick HAL_RCC_DeInit jump_to_bootloader application
arm-none-eabi-objcopy --strip-all "$folder/bare.elf" "$folder/stripped.elf"
judge "$folder/stripped.elf" f405
jq -e '.advice[] | select(.about == "H7") | .register == "SYST_CSR" and .bits == "ENABLE"
    and (.pc | test("^0x0800")) and (has("function") | not) and .callers == []
    and (.text | test("Write 0 to SYST_CSR .* before the jump"))' "$folder/result" >/dev/null
