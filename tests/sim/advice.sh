#!/usr/bin/env bash
# advice.sh: each verdict ends with what to change, and a run that judged nothing says so.
# SPDX-License-Identifier: MIT
#
# advice.sh SIM FIRMWARE_FOLDER BOOTLEAP_H CONTRACT_MD REFUSALS_C
set -euo pipefail
sim=$1 firmware=$2 header=$3 contract=$4 texts=$5
elf=$firmware/nucleo-h723zg.elf

# What is behind the verdict, each text in one line: a line that goes on has 16 blanks.
advice() {
    sed -n '/^verdict/,$p' | sed -e ':next' -e 'N' -e '$!b next' -e 's/\n \{16\}\([^ ]\)/ \1/g'
}

# says PATTERN ELF OPTION...: a line behind the verdict matches, and JSON has the same.
says() {
    local pattern=$1 result
    shift
    result=$("$sim" run "$@" --device h723) || true
    advice <<<"$result" | grep -Eq "^            $pattern" || {
        echo "$*: not said: $pattern"
        sed -n '/^verdict/,$p' <<<"$result"
        exit 1
    }
    result=$("$sim" run "$@" --device h723 --json) || true
    jq -r '.advice[] | "\(.about): \(.text)"' <<<"$result" | grep -Eq "^$pattern"
}

for point in H2 H3 H4 H6 H7; do
    says "$point: " "$firmware/direct-nucleo-h723zg-$point.elf" --host end
done
says 'H4: .*__enable_irq\(\)' "$firmware/direct-nucleo-h723zg-H4.elf" --host end
says 'fault: .*--gdb' "$firmware/fault-nucleo-h723zg-3.elf" --host end --limit 30000
says 'entry: --enter-at main or' "$elf" --host end
says 'entry: --send with the text' "$elf" --host end --send z
says 'entry: a lower --enter-after' "$elf" --host end --enter-after 9000 --limit 5000
says 'entry: a function that runs earlier' "$elf" --host end --enter-at bootleap_enter
says 'refused: -1 is BOOTLEAP_UNPRIVILEGED: ' "$elf" --host end --enter-at application \
    --state unprivileged
says 'refused: -6 is BOOTLEAP_RDP_LEVEL_1: ' "$elf" --host end --enter-after 100 \
    --option rdp-level-1
result=$("$sim" run "$elf" --device h723 --host end --enter-after 100 --option rdp-level-1) || true
grep -q 'may not be built for' <<<"$result" && { echo "$result" && exit 1; }
# An ELF for another chip takes another register for the option bytes, which nobody has set.
result=$("$sim" run "$firmware/stm32f4discovery.elf" --device g47 --host end --enter-after 100) || true
advice <<<"$result" | grep -q 'refused: -6 .*If nobody set .* the ELF may not be built for STM32G47'

# A clean run has nothing to say.
[ "$("$sim" run "$elf" --device h723 --host go --enter-after 100 --json | jq '.advice | length')" = 0 ]

# The outcome is one line where all is well; else it has its cause and its ground.
result=$("$sim" run "$elf" --device h723 --host end --enter-after 100)
[ "$(grep -c '^            the ROM ' <<<"$result")" = 1 ]
grep -q '^            the ROM serves over usb, usart, can, i2c, spi: as after a reset$' <<<"$result"
result=$("$sim" run "$firmware/direct-nucleo-h723zg-H3.elf" --device h723 --host end) || true
grep -q '^            the ROM fails over usb, .*: hung (must: ' <<<"$result"
grep -q '^                H3, an active exception ' <<<"$result"
sed -n '/^handoff/,/^time/{/^time/!p}; /^verdict/,$p' <<<"$result" >"${TMPDIR:-/tmp}/advice.$$"
! grep -E '.{101}' "${TMPDIR:-/tmp}/advice.$$" || { echo "more than 100 columns" && exit 1; }
rm "${TMPDIR:-/tmp}/advice.$$"

# The point by which the ROM fails comes first; an application that starts again has several reasons.
first() {
    "$sim" run "$@" --json | jq -r '.advice[0] | "\(.about): \(.text)"' || true
}
[[ $(first "$firmware/direct-nucleo-h723zg-H3.elf" --device h723 --host end) = 'H3: '* ]]
again=$(first "$firmware/stm32f4discovery.elf" --device f405 --send b --host end --no-crystal \
    --interface usb --limit 200000)
[[ $again = 'reset by the ROM: '*'RCC_CSR'*'in 7 of 12 tries'*'a watchdog that runs'* ]]

# The numbers are those of the header, and the document and the judge's texts have all of them.
numbers=$(sed -n 's/^ *\(BOOTLEAP_[A-Z0-9_]*\) = -\([0-9]*\),.*/\2 \1/p' "$header")
[ "$(wc -l <<<"$numbers")" -ge 15 ]
while read -r number name; do
    grep -q "^| -$number | \`$name\` |" "$contract" || { echo "$contract lacks $name" && exit 1; }
    said=$(sed -n 's/^ *{"\(BOOTLEAP_[A-Z0-9_]*\)",.*/\1/p' "$texts" | sed -n "${number}p")
    [ "$said" = "$name" ] || { echo "$texts: -$number is $name, not $said" && exit 1; }
done <<<"$numbers"
