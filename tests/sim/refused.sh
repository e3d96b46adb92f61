#!/usr/bin/env bash
# refused.sh: input that the simulator cannot use gets one clear message and its exit code.
# SPDX-License-Identifier: MIT
#
# refused.sh SIM ELF FOLDER: ELF is a good one for h723.
set -uo pipefail
sim=$1 elf=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0

# expect CODE PATTERN OPTION...: exactly one line on stderr, which matches, nothing on stdout.
expect() {
    local code=$1 pattern=$2
    shift 2
    local status=0
    "$sim" "$@" >"$folder/out" 2>"$folder/err" </dev/null || status=$?
    if [ "$status" != "$code" ] || ! grep -Eq "$pattern" "$folder/err" ||
        [ "$(wc -l <"$folder/err")" != 1 ] || [ -s "$folder/out" ]; then
        echo "bootleap-sim $*: exit code $status (expected $code), said:"
        cat "$folder/err" "$folder/out"
        echo "expected: $pattern"
        failures=$((failures + 1))
    fi
}

printf ':00000001FF\n' >"$folder/a.hex"
head -c 200 "$elf" >"$folder/short.elf"
: >"$folder/empty"
: >"$folder/occupied"

expect 2 'n6 cannot be run: AN2606 does not name it' run --device n6 "$elf"
expect 2 'no device is called h724: the nearest is h723' run "$elf" --device h724
expect 2 'no --device was given' run "$elf"
expect 2 'more than one ELF' run "$elf" "$elf" --device h723
expect 2 'frobnicate is not an option' run "$elf" --device h723 --frobnicate
expect 2 'nowhere.elf: No such file' run "$folder/nowhere.elf" --device h723
expect 2 'empty' run "$folder/empty" --device h723
expect 2 'a.hex' run "$folder/a.hex" --device h723
expect 2 'short.elf' run "$folder/short.elf" --device h723
expect 2 '/bin/sh|machine|ARM' run /bin/sh --device h723
expect 2 'built for Armv7E-M: the core of STM32G0B1' run "$elf" --device g0b1
expect 2 'no symbol mainn' run "$elf" --device h723 --enter-at mainn --host end
expect 2 'h723 has no USART9' run "$elf" --device h723 --usart USART9=/tmp/x
expect 2 'occupied exists' run "$elf" --device h723 --usart "USART3=$folder/occupied"
expect 2 'PC99=1 is not a pin' run "$elf" --device h723 --press PC99=1
expect 2 'no host is called moon' run "$elf" --device h723 --host moon
expect 2 'ten is not a number' run "$elf" --device h723 --limit ten
expect 2 'cannot write' run "$elf" --device h723 --events "$folder/no/such/file"
[ -f "$folder/occupied" ] || failures=$((failures + 1))
exit "$failures"
