#!/usr/bin/env bash
# try_elf.sh: script/try-elf finds each ELF's device and says in its line what its run came to.
# SPDX-License-Identifier: MIT
#
# try_elf.sh SIM FIRMWARE TRY_ELF
set -uo pipefail
sim=$1 firmware=$2 try_elf=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0

# say WHAT: a failure.
say() {
    echo "$1"
    failures=$((failures + 1))
}

# expect CODE PATH... [options]: runs it, keeps its lines.
expect() {
    local code=$1 status=0
    shift
    "$try_elf" --sim "$sim" "$@" >"$folder/lines" 2>"$folder/said" || status=$?
    cat "$folder/lines" "$folder/said"
    [ "$status" = "$code" ] || say "$*: exit code $status, expected $code"
}

# line PATTERN: one of the lines is this, blanks between columns aside.
line() {
    tr -s ' ' <"$folder/lines" | grep -Eq "^$1\$" || say "no line: $1"
}

# said PATTERN: the only line on stderr, and nothing else was printed.
said() {
    grep -Eq "^script/try-elf: $1. Try: .+" "$folder/said" || say "not said: $1"
    [ ! -s "$folder/lines" ] || say "printed, though it was refused"
}

elfs=$folder/elfs
mkdir -p "$elfs/Nucleo_G0B1RE"
cp "$firmware/nucleo-h723zg.elf" "$elfs/entered.STM32H723xx.elf"
echo "--enter-at 'application'" >"$elfs/entered.STM32H723xx.options"
cp "$firmware/direct-nucleo-h723zg-H2.elf" "$elfs/h723.elf"
cp "$firmware/nucleo-g0b1re.elf" "$elfs/Nucleo_G0B1RE/firmware.axf"
{ cat "$firmware/stm32f4discovery.elf" && printf 'stm32f4xx_hal.c startup_stm32f405xx.s'; } \
    >"$elfs/stm32f4.elf"
cp "$firmware/stm32f4discovery.elf" "$elfs/told.elf"
echo '--device STM32F405xx --enter-at application' >"$elfs/told.options"
cp "$firmware/nucleo-h723zg.elf" "$elfs/unknown.elf"
cp "$firmware/nucleo-h723zg.elf" "$elfs/stm32h723zg-or-stm32h743zi.elf"
head -c 100 "$firmware/nucleo-h723zg.elf" >"$elfs/short.h723.elf"
touch "$elfs/notes.txt"

expect 7 "$elfs" -- --limit 300000 # the ones that nobody asks idle
line 'entered\.STM32H723xx\.elf h723 clean 0 served .+'
line 'h723\.elf h723 findings 7 .+; does not hold: H2'
line 'Nucleo_G0B1RE/firmware\.axf g0b1 nothing judged 7 bootleap_enter\(\) .+'
line 'stm32f4\.elf f405 nothing judged 7 .+; (waits|asleep|still) .+'
line 'told\.elf STM32F405xx clean 0 served .+'
line 'unknown\.elf - not run 2 .+ Try: --device NAME, .+ unknown\.options .+'
line 'stm32h723zg-or-stm32h743zi\.elf - not run 2 it may be for h723 or h743\. Try: .+'
line 'short\.h723\.elf h723 not run 2 .+cut short.+'
line '2 of 8 clean'
[ "$(wc -l <"$folder/lines")" = 9 ] || say "there are other lines"

# One device for all, options for all, and an exit code that a script may trust.
expect 0 "$elfs/unknown.elf" "$elfs/entered.STM32H723xx.elf" --device h723 --jobs 1 -- \
    --enter-at application
line '2 of 2 clean'
expect 0 "$elfs/Nucleo_G0B1RE" --device g0b1 -- --limit 300000 --accept nothing
line '0 of 1 clean'

# Options that are none, and a name like an option's: the others are judged all the same.
mkdir "$folder/odd"
cp "$firmware/nucleo-h723zg.elf" "$folder/odd/quote.elf"
cp "$firmware/nucleo-h723zg.elf" "$folder/odd/bytes.elf"
cp "$firmware/nucleo-h723zg.elf" "$folder/odd/-x.elf"
echo '--send "b' >"$folder/odd/quote.options"
printf '\377\376' >"$folder/odd/bytes.options"
try_elf=$(realpath "$try_elf")
cd "$folder/odd" || exit 1
expect 7 . --device h723 -- --enter-at application
line 'quote\.elf - not run 2 it cannot be read: No closing quotation\. Try: .+ quote\.options'
line 'bytes\.elf - not run 2 it cannot be read: .+ Try: .+ bytes\.options'
line '-x\.elf h723 clean 0 served .+'

# A run that does not come to an end is ended; nobody may take it for a clean one.
printf '#!/bin/sh\nexec sleep 20\n' >"$folder/sleeps"
chmod +x "$folder/sleeps"
sim=$folder/sleeps
expect 7 "$elfs/h723.elf" --seconds 1
line 'h723\.elf h723 not run 2 no end in 1 s\. Try: .+'

sim=$folder/none
expect 2 "$elfs"
said '.*/none: no simulator is there'
expect 2 "$folder/nowhere"
said '.*/nowhere: there is no such file or folder'
mkdir "$folder/empty"
expect 2 "$folder/empty"
said '.*/empty: no ELF is there.*'
exit $((failures > 0))
