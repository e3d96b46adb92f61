#!/usr/bin/env bash
# check.sh: runs script/demo whole, or with one step broken, and sees where it ends.
# SPDX-License-Identifier: MIT
#
# check.sh CASE SIM TOOL STAGE: a case below; paths of bootleap-sim, bootleap and usb_stage.
# shellcheck disable=SC2016 # what is in single quotes is for the scripts that this one writes
set -euo pipefail
case=$1 sim=$2 tool=$3 stage=$4
options=() # of the demo
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/tmp"

fail() {
    echo "FAILED: $*"
    for file in "$work"/stdout "$work"/stderr; do
        [ -f "$file" ] && echo "--- $(basename "$file")" && cat "$file"
    done
    exit 1
}

# firmware OUT BROKEN VERSION: the demo's application with a fault of broken.c.
firmware() {
    local flags=(-mcpu=cortex-m7 -mthumb -ffreestanding -Os -g -DSTM32H723xx "-DBROKEN=$2"
        "-DAPPLICATION_VERSION=$3" "-I$root/src" "-I$root/examples/application"
        "-I$root/examples/nucleo-h723zg")
    arm-none-eabi-gcc "${flags[@]}" -Dbootleap_on_reset=real_on_reset -Dbootleap_enter=real_enter \
        -c "$root/src/bootleap.c" -o "$work/library.o"
    arm-none-eabi-gcc "${flags[@]}" -nostdlib "-L$root/examples/nucleo-h723zg" \
        "-T$root/examples/application/application.ld" "$root/examples/application/application.c" \
        "$root/examples/application/introduce.c" "$root/examples/application/startup.c" \
        "$root/src/bootleap_probe.c" "$root/src/bootleap_jump.c" \
        "$here/broken.c" "$work/library.o" -o "$1"
}

# instead PROGRAM: stdin becomes a script that stands in for it; in it $real is the real path.
instead() {
    { printf '#!/usr/bin/env bash\nreal=%q\n' "$1"; cat; } >"$work/instead"
    chmod +x "$work/instead"
}

# tool_with VERB: as the tool, except for this verb, where stdin says what happens.
tool_with() {
    { printf '[ "$1" = %q ] || exec "$real" "$@"\n' "$1"; cat; } | instead "$tool"
    export DEMO_TOOL=$work/instead
}

nothing_left() {
    [ -z "$(ls -A "$work/tmp")" ] || fail "files are left: $(ls "$work/tmp")"
    ! pgrep -f "$work/tmp" >/dev/null || fail "processes are left: $(pgrep -af "$work/tmp")"
}

run_demo() {
    code=0
    TMPDIR=$work/tmp "${demo:-$root/script/demo}" "${options[@]}" >"$work/stdout" 2>"$work/stderr" </dev/null ||
        code=$?
    nothing_left
}

# fails_at STEP WHY: the demo ends there, for a reason that contains WHY.
fails_at() {
    run_demo
    [ "$code" -eq 1 ] || fail "exit code $code instead of 1"
    [ "$(grep -c '^demo: .*: ' "$work/stderr")" -eq 1 ] || fail "not one line says where it ends"
    grep '^demo: .*: ' "$work/stderr" | grep -qF -- "demo: $1: " || fail "it does not end at $1"
    grep '^demo: .*: ' "$work/stderr" | grep -qF -- "$2" || fail "the reason lacks: $2"
    ! grep -q 'verdict  ' "$work/stdout" || fail "there is a verdict all the same"
}

# passes LINES WORD...: it prints at most so many, and these words in their order.
passes() {
    local lines=$1
    shift
    cd /
    run_demo
    [ "$code" -eq 0 ] || fail "exit code $code"
    [ ! -s "$work/stderr" ] || fail "stderr is not empty"
    [ "$(wc -l <"$work/stdout")" -le "$lines" ] || fail "more than $lines lines"
    [ "$(wc -L <"$work/stdout")" -le 100 ] || fail "more than 100 columns"
    local before=0 at
    for word in "$@"; do
        at=$(tail -n +$((before + 1)) "$work/stdout" | grep -nE -m 1 -- "$word" || true)
        at=${at%%:*}
        [ -n "$at" ] || fail "the story lacks, or has too early: $word"
        before=$((before + at))
    done
}

start=(' power on ' ' application .*version 1, from reset' 'to the ROM' ' reset .*software'
    ' mark .*AWAY' '16 of 16')
end=('read back: equal' ' Go ' 'version 2, from the ROM' '^verdict .*clean')

# With a terminal the same, and nothing else.
passes_on_terminal() {
    code=0
    TMPDIR=$work/tmp script -qec "$root/script/demo" /dev/null >"$work/stdout" </dev/null ||
        code=$?
    [ "$code" -eq 0 ] || fail "exit code $code"
    [ "$(wc -l <"$work/stdout")" -le 25 ] || fail "more than 25 lines"
    nothing_left
}

# Ended from outside in the middle of the story.
is_interrupted() {
    local pid
    TMPDIR=$work/tmp "$root/script/demo" >"$work/stdout" 2>"$work/stderr" </dev/null &
    pid=$!
    for _ in $(seq 100); do
        ! grep -q 'to the ROM' "$work/stdout" || break
        sleep 0.1
    done
    kill "$pid"
    code=0
    wait "$pid" || code=$?
    [ "$code" -eq 143 ] || fail "exit code $code instead of 143"
    nothing_left
}

does_not_build() {
    mkdir "$work/copy"
    cp -r "$root"/{CMakeLists.txt,CMakePresets.json,cmake,examples,script,src,tests} "$work/copy"
    echo '#error "broken"' >>"$work/copy/src/bootleap.c"
    unset DEMO_ELF_1
    demo=$work/copy/script/demo
    fails_at set-up "the application does not build"
}

export DEMO_SIM=$sim DEMO_TOOL=$tool DEMO_STAGE=$stage DEMO_ELF_1=$work/1.elf DEMO_ELF_2=$work/2.elf DEMO_PATIENCE=5
firmware "$DEMO_ELF_1" 0 1
firmware "$DEMO_ELF_2" 0 2

case $case in
passes)
    passes 25 "${start[@]}" ' ROM .*on USART3' "${end[@]}"
    # README's first command runs an ELF that is there after the demo.
    shown=$(sed -nE 's|^\$ .*build/firmware-gcc/([a-z0-9-]+)\.elf.*|\1|p' "$root/README.md" | head -n 1)
    grep -Eq -- "--target.* ${shown:-none}( |;)" "$root/script/demo" || fail "the demo does not build $shown"
    ;;
passes-usb)
    options=(--usb)
    passes 29 "${start[@]}" ' ROM .*on USB' '0483:df11' "${end[@]}"
    ;;
no-usb) # a chip whose USB never comes
    options=(--usb)
    { echo 'args=(); for a in "$@"; do [ "$a" != --usbip ] || a=--usb-serial; args+=("$a"); done'
        echo 'exec "$real" "${args[@]}"'; } | instead "$sim"
    export DEMO_SIM=$work/instead
    fails_at power-on "the simulator ended"
    ;;
no-dfu-util)
    options=(--usb)
    printf '#!/bin/sh\nexit 74\n' >"$work/dfu-util"
    chmod +x "$work/dfu-util"
    PATH=$work:$PATH fails_at dfu-util "dfu-util does not find 0483:df11"
    ;;
passes-on-terminal) passes_on_terminal ;;
interrupted) is_interrupted ;;
no-build) does_not_build ;;
no-simulator)
    DEMO_SIM=/bin/false fails_at power-on "the simulator ended, exit code 1"
    ;;
no-elf)
    DEMO_ELF_1=$work/none fails_at power-on "$work/none"
    ;;
other-application)
    DEMO_ELF_1=$DEMO_ELF_2 fails_at "version 1" "NUCLEO-H723ZG, version 2"
    ;;
not-asked)
    tool_with enter <<<'exec "$real" "$@" --text x'
    fails_at enter "exit code 3: bootleap: enter"
    ;;
power-lost)
    instead "$sim" <<<'exec "$real" "$@" --limit 5000'
    DEMO_SIM=$work/instead fails_at enter "the limit of instructions was reached"
    ;;
refuses)
    firmware "$DEMO_ELF_1" 1 1
    fails_at reset 'reports the text "refused"'
    ;;
dirty)
    firmware "$DEMO_ELF_1" 2 1
    fails_at handoff "H7 does not hold"
    ;;
other-chip)
    tool_with enter <<<'"$real" "$@" | sed s/h723/h743/'
    fails_at identify "takes the h723 for a h743"
    ;;
no-json)
    tool_with enter <<<'"$real" "$@" >/dev/null'
    fails_at identify "no JSON"
    ;;
verify-fails)
    tool_with flash <<<'"$real" "$@"; echo "bootleap: flash: verify: differs" >&2; exit 6'
    fails_at flash "exit code 6: bootleap: flash: verify: differs"
    ;;
not-verified)
    tool_with flash <<<'"$real" "$@" | sed "s/\"verified\": true/\"verified\": false/"'
    fails_at flash "nothing was verified"
    ;;
pretends-to-write)
    tool_with flash <<<'echo "{\"pages_erased\": 1, \"bytes_written\": 992, \"verified\": true}"'
    fails_at go "the tool wrote 992 bytes, the ROM got 0"
    ;;
go-refused)
    tool_with go <<<'echo "bootleap: go: NACK" >&2; exit 5'
    fails_at go "exit code 5: bootleap: go: NACK"
    ;;
no-go)
    tool_with go <<<'exit 0'
    DEMO_PATIENCE=3 fails_at go "nothing happens for 3 s"
    ;;
blind)
    firmware "$DEMO_ELF_2" 3 2
    fails_at "way back" "a software reset was expected"
    ;;
old-version)
    DEMO_ELF_2=$DEMO_ELF_1 fails_at "version 2" "version 1, from the ROM"
    ;;
noisy)
    firmware "$DEMO_ELF_1" 4 1
    fails_at verdict "R3 does not hold"
    ;;
simulator-unhappy)
    instead "$sim" <<'END'
"$real" "$@" & pid=$!
trap 'kill $pid' TERM
wait $pid || true
wait $pid || true
exit 7
END
    DEMO_SIM=$work/instead fails_at verdict "exit code 7"
    ;;
*) fail "there is no case $case" ;;
esac
