#!/usr/bin/env bash
# refused.sh: input that the simulator cannot use gets one clear message and its exit code.
# SPDX-License-Identifier: MIT
#
# refused.sh SIM ELF PYTHON: ELF is a good one for h723.
set -uo pipefail
sim=$1 elf=$2 python=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0

# say WHAT: a failure.
say() {
    echo "$1"
    failures=$((failures + 1))
}

# expect CODE PATTERN ARGUMENT...: exactly one line on stderr, which matches and says what, where
# or why, and what to try; nothing on stdout.
expect() {
    local code=$1 pattern=$2
    shift 2
    local status=0
    timeout 20 "$sim" "$@" >"$folder/out" 2>"$folder/err" </dev/null || status=$?
    if [ "$status" != "$code" ] || ! grep -Eq -- "$pattern" "$folder/err" ||
        ! grep -Eq "^bootleap-sim: ${1:-}: .+: .+\. Try: .+" "$folder/err" ||
        [ "$(wc -l <"$folder/err")" != 1 ] || [ -s "$folder/out" ]; then
        say "bootleap-sim $*: exit code $status (expected $code), said:
$(cat "$folder/err" "$folder/out")
expected: $pattern"
    fi
}

# run and h723, which most have in common.
run() {
    expect 2 "$1" run --device h723 "${@:2}"
}

printf ':00000001FF\n' >"$folder/a.hex"
head -c 200 "$elf" >"$folder/short.elf"
: >"$folder/empty"
: >"$folder/occupied"
mkdir "$folder/builds" "$folder/builds/gcc-Os" "$folder/none"
"$python" -B "$(dirname "${BASH_SOURCE[0]}")/hostile.py" "$folder"
long=$(printf '%0300d' 0)

# The device.
expect 2 'n6 cannot be run: AN2606 does not name it' run --device n6 "$elf"
expect 2 '"h724": no device, macro or ordering code.*Try: --device h723' run "$elf" --device h724
expect 2 'the name of the device: it is empty. Try: bootleap-sim devices' run "$elf" --device ''
expect 2 'no --device was given' run "$elf"
expect 2 'no --device was given' run
expect 2 'built for Armv7E-M: the core of STM32G0B1' run "$elf" --device g0b1

# The file.
run 'nowhere.elf: No such file' "$folder/nowhere.elf"
run "${long:0:40}.*: No such file|File name too long" "$folder/$long$long"
run 'none: Is a directory' "$folder/none"
run 'the file is empty' "$folder/empty"
run 'read /proc/self/mem: Input/output error' /proc/self/mem # as unreadable for root too
if [ "$(id -u)" != 0 ]; then
    cp "$elf" "$folder/locked.elf"
    chmod 000 "$folder/locked.elf"
    run 'locked.elf: Permission denied' "$folder/locked.elf"
fi
run '/dev/null: a device, not a file' /dev/null
run 'a.hex' "$folder/a.hex"
run 'short.elf: ELF cut short' "$folder/short.elf"
run '/bin/sh: ELF for .*, not' /bin/sh
run 'x86.elf: ELF for x86-64 .machine 62., not for ARM' "$folder/x86.elf"
run '64-bit.elf: ELF for ARM .machine 40., not 32-bit' "$folder/64-bit.elf"
run 'second.elf: more than one ELF' "$elf" "$folder/second.elf"

# What is in it.
run 'in-ram.elf at 0x20000000: its 12 bytes are outside the flash of h723 \(0x08000000 to' \
    "$folder/in-ram.elf"
run 'in-ram.elf at 0x20000000' --empty --host go "$folder/in-ram.elf"
run 'behind-flash.elf at 0x08000000: its 1048577 bytes are outside' "$folder/behind-flash.elf"
run 'offset.elf at 0x08000000: no vector table: its first byte is for 0x08004000, and no stack' \
    "$folder/offset.elf"
run 'one-word.elf at 0x08000000: no vector table' "$folder/one-word.elf"
run 'word 0, the stack pointer, is 0xFFFFFFFF, not in a RAM of h723' "$folder/no-stack.elf"
run 'word 0, the stack pointer, is 0x08000100, not in a RAM' "$folder/stack-in-flash.elf"
run 'even.elf at 0x08000004: .*word 1, the reset handler, is 0x08000008, even' "$folder/even.elf"
run 'word 1, the reset handler, is 0x20000001, outside the flash' "$folder/reset-in-ram.elf"
run 'word 1, the reset handler, is 0xFFFFFFFF, outside the flash' "$folder/reset-nowhere.elf"
run 'symbol mainn: the ELF has none' "$elf" --enter-at mainn --host end
run 'symbol enterr: the ELF has none' "$elf" --enter-at bootleap_enter --entry enterr --host end
run 'symbol endd: the ELF has none' "$elf" --until endd --host end
run 'symbol resett: the ELF has none' "$elf" --on-reset resett --host end
run 'symbol main: no ELF was given' --enter-at main --host end

# Options.
run '--frobnicate: is not an option of run' "$elf" --frobnicate
run '-x: is not an option of run' "$elf" -xyz
run '--e=1: is not an option of run, or the start of several' "$elf" --e=1
run 'option --boot0=1: it takes no value' "$elf" --boot0=1
for option in device enter-at entry on-reset host press send usart limit seed events flash state \
    stack-over-mark option crystal-after rom-interrupt until noise-mark power-cycles mark vectors; do
    run "option --$option: its value is missing" "$elf" "--$option"
done
for option in limit seed crystal-after rom-interrupt power-cycles; do
    run "--$option: ten is not a number" "$elf" "--$option" ten
    run "--$option:  is not a number" "$elf" "--$option" ''
    run "--$option: -1 is not a number" "$elf" "--$option" -1
    run "--$option:  1 is not a number" "$elf" "--$option" ' 1'
    run "--$option: 0x1g is not a number" "$elf" "--$option" 0x1g
    run "--$option: 99999999999999999999 is out of range.*a number from [01] to" "$elf" \
        "--$option" 99999999999999999999
done
run '--seed: 4294967296 is out of range' "$elf" --seed 4294967296
run '--limit: 18446744073709551615 is out of range' "$elf" --limit 18446744073709551615
run '--stack-over-mark 6: is no distance' "$elf" --stack-over-mark 6
run '--stack-over-mark 4100: is no distance' "$elf" --stack-over-mark 4100
run '--noise-mark 19: is no stage' "$elf" --noise-mark 19
run '--mark: 3 is out of range' "$elf" --mark 3
run '--mark 0x20000004: .* can have no mark there' "$elf" --mark 0x20000004
run '--mark 0x08000000: .* can have no mark there' "$elf" --mark 0x08000000
run '--host moon: no host is called that' "$elf" --host moon
run '--accept findings: no accept is called that. Try: one of: nothing' "$elf" --accept findings
run '--state asleep: no state is called that' "$elf" --state asleep
run '--state primask: nothing says when the application enters' "$elf" --state primask
run '--option rdp: no option is called that' "$elf" --option rdp
expect 2 '--option trustzone: g0b1 has no such option bits' run "$folder/good.elf" --device g0b1 \
    --option trustzone --host end
for bits in 0x40007000 =1 0x40007000= 0x40007002=1 x=1 0x40007000=x 0x140007000=1 0x40007000=0x100000000; do
    run "--register $bits: is no register" "$elf" --register "$bits"
done
run '--register 0x20000000: h723 has no such register' "$elf" --register 0x20000000=1
run '--register 0x58024400=5: is no register and its value' "$elf" --register 0x58024400=1 \
    --register 0x58024400=2 --register 0x58024400=3 --register 0x58024400=4 --register 0x58024400=5
for pin in PC99=1 PC16=1 PC13 PC13= PC13=2 PC=1 P QC1=1 'PC 1=1' PC1=1x PZ1=1 ''; do
    run "--press $pin: is not a pin of h723" "$elf" --press "$pin"
    run "--tie $pin: is not a pin of h723" "$elf" --tie "$pin"
done
run '--tie PA9=1: there is no room for more than eight' "$elf" --tie PA1=1 --tie PA2=1 \
    --tie PA3=1 --tie PA4=1 --tie PA5=1 --tie PA6=1 --tie PA7=1 --tie PA8=1 --tie PA9=1
run '--second-bank: the ROM of h723 looks for none' "$elf" --second-bank
for option in limit reset-at rom-interrupt; do # which mean nothing with 0
    run "--$option: 0 is out of range. Try: a number from 1 to" "$elf" --host end "--$option" 0
done
for pin in low PB8=1 PC99 ''; do
    run "--boot0-pin $pin: is not a pin of h723. Try: high, or a pin" "$elf" --boot0-pin "$pin"
done
run '--noise-on USART9: the ROM of h723 has no such interface' "$elf" --noise-on USART9
run '--usart USART9: h723 has no USART of this name' "$elf" --usart USART9="$folder/x"
run '--usart GPIOA: h723 has no USART of this name' "$elf" --usart GPIOA="$folder/x"
run "--usart USART3: no '=' in it" "$elf" --usart USART3
run 'no room for more than four' "$elf" --usart A=1 --usart B=1 --usart C=1 --usart D=1 --usart E=1
run 'occupied: exists and is not an old' "$elf" --usart "USART3=$folder/occupied"
run '--usart .*/no/such: cannot make this link: No such' "$elf" --usart "USART3=$folder/no/such"

# Files that it should write: found out before the run, and nothing is emptied when it is refused.
run '--events .*/no/such/file: cannot write it: No such file' "$elf" --events "$folder/no/such/file"
run '--flash .*/no/such/file: cannot write it: No such file' "$elf" --flash "$folder/no/such/file"
run '--flash .*/none: cannot write it: Is a directory' "$elf" --flash "$folder/none"
echo kept >"$folder/kept"
run 'symbol endd' "$elf" --until endd --events "$folder/kept" --flash "$folder/kept"
run '--trace .*/no/such/file: cannot write it: No such file' "$elf" --trace "$folder/no/such/file" \
    --events "$folder/kept" --flash "$folder/kept"
run 'the ELF has no symbol enter' "$elf" --host end --entry enter --trace "$folder/kept" \
    --flash "$folder/kept"
[ "$(cat "$folder/kept")" = kept ] || say "a run that was refused has emptied a file"
"$sim" run "$elf" --device h723 --accept nothing --events "$folder/kept" >"$folder/out" 2>&1 ||
    say "--events on a file that is there: $(cat "$folder/out")"
[ "$(grep -c kept "$folder/kept")" = 0 ] || say "--events was written behind what was in the file"
if [ -w /dev/full ]; then
    status=0
    "$sim" run "$elf" --device h723 --host end >/dev/full 2>"$folder/err" || status=$?
    if [ "$status" != 1 ] || ! grep -q 'stdout: the report could not' "$folder/err"; then
        say "stdout is full: exit code $status, $(cat "$folder/err")"
    fi
    status=0
    "$sim" run "$elf" --device h723 --host end --flash /dev/full >/dev/null 2>"$folder/err" ||
        status=$?
    if [ "$status" != 1 ] || ! grep -q 'flash /dev/full: cannot write it' "$folder/err"; then
        say "--flash /dev/full: exit code $status, $(cat "$folder/err")"
    fi
fi

# What --help says that an option takes, it takes.
for kind in power-on pin software watchdog brown-out option; do
    "$sim" run --help | tr -d '\n' | tr -s ' ' | grep -q "kind (default power-on): .*$kind" ||
        say "run --help does not list --reset $kind"
    "$sim" run "$folder/good.elf" --device h723 --accept nothing --limit 100 --reset "$kind" \
        >"$folder/out" 2>&1 || say "--reset $kind: $(cat "$folder/out")"
done
run '--reset boot: no reset is called that. Try: one of: power-on, pin,' "$elf" --reset boot

# The matrix.
expect 2 'command line: no FOLDER was given' matrix
expect 2 'command line: more than one FOLDER' matrix "$folder/builds" "$folder/none"
expect 2 'cannot read .*/nowhere: No such' matrix "$folder/nowhere"
expect 2 'cannot read .*/occupied: Not a directory' matrix "$folder/occupied"
expect 2 'none: no build is in it' matrix "$folder/none"
expect 2 'builds: no build gcc-O9' matrix "$folder/builds" --build gcc-O9
expect 2 'builds: no folder in it holds a h723.elf' matrix "$folder/builds" --device h723
expect 2 '"h724": no device, macro or ordering code.*Try: --device h723' matrix "$folder/builds" --device h724
expect 2 '--device n6: it is not run: AN2606 does not name it' matrix "$folder/builds" --device n6
expect 2 '--frobnicate: is not an option of matrix' matrix "$folder/builds" --frobnicate
for jobs in 0 65 18446744073709551617 -18446744073709551615 99999999999999999999 two '' 1x; do
    expect 2 "--jobs: $jobs is (not a number|out of range).*a number from 1 to 64" matrix \
        "$folder/builds" --jobs "$jobs"
done
for option in device build jobs; do
    expect 2 "option --$option: its value is missing" matrix "$folder/builds" "--$option"
done
for i in $(seq 65); do mkdir "$folder/none/build-$i"; done
expect 2 'there are more builds than 64' matrix "$folder/none"
mkdir "$folder/long" "$folder/long/${long:0:70}"
expect 2 'the name of this build is too long' matrix "$folder/long"

# The verb, and a name that would be two lines.
expect 2 'there is no such verb' frobnicate
expect 2 'this verb takes nothing' devices h723

# The program itself.
"$sim" --version | grep -qE '^bootleap-sim [0-9]+\.[0-9]+\.[0-9]+$' || say "--version says no version"
"$sim" -h | cmp -s - <("$sim" --help) || say "-h is not --help"
# Each verb explains itself, wherever --help stands.
for verb in run matrix devices; do
    for before in "" x; do
        "$sim" "$verb" ${before:+"$before"} --help >"$folder/out" 2>"$folder/err" ||
            say "$verb $before --help: exit code $?, $(cat "$folder/err")"
        grep -q "^usage: bootleap-sim $verb" "$folder/out" || say "$verb $before --help says no usage"
    done
done
run 'open .*a\?b\?: No such file' "$folder/a"$'\n'"b"$'\r'

# No ELF is no mistake: the chip is blank, and that is what the verdict says.
status=0
"$sim" run --device h723 --host end >"$folder/out" 2>"$folder/err" </dev/null || status=$?
if [ "$status" != 7 ] || ! grep -q 'fault: flash is blank' "$folder/out"; then
    say "no ELF: exit code $status: $(cat "$folder/out" "$folder/err")"
fi
# The smallest thing that has a vector table runs.
"$sim" run "$folder/good.elf" --device h723 --accept nothing --limit 100 >"$folder/out" 2>&1 ||
    say "good.elf: $(cat "$folder/out")"
# Nothing entered, so nothing was judged, and that is no success unless it is accepted.
status=0
"$sim" run "$folder/good.elf" --device h723 --limit 100 >"$folder/out" 2>&1 || status=$?
if [ "$status" != 7 ] || ! grep -q '^verdict     nothing was judged' "$folder/out"; then
    say "good.elf: exit code $status: $(cat "$folder/out")"
fi
[ -f "$folder/occupied" ] || say "an existing file was removed"
exit "$((failures > 99 ? 99 : failures))"
