# chip.sh: what every test of the tool shares: a fake chip, one run of the tool, and assertions.
# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034
# Sourced with BOOTLEAP (the tool), FAKE_ROM and PYTHON set. Works in a directory of its own.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
port=$work/port
chips=

finish() {
    stop_chip
    rm -rf "$work"
}
trap finish EXIT
cd "$work" || exit 1

fail() {
    echo "FAILED: $*"
    for file in stdout stderr log; do
        [ -f "$file" ] && { echo "--- $file"; cat "$file"; }
    done
    exit 1
}

# The four devices of the table, as their ROMs present themselves.
f405="product=0x413 id=0x31 id-at=0x1FFF77DE pages=4x16384@0,1x65536@4,7x131072@5"
g0b1="product=0x467 id=0x92 id-at=0x1FFF9FFE pages=128x2048@0,128x2048@256 unit=8 bank2=256"
h723="product=0x483 id=0x93 id-at=0x1FF1E7FE pages=8x131072@0 unit=32 read-breaks=1"
u575="product=0x482 id=0x93 id-at=0x0BF99EFE pages=128x8192@0,128x8192@128 unit=16"

# start_chip KEY=VALUE...: a chip on $port, see fake_main.c.
start_chip() {
    "$FAKE_ROM" "$port" log="$work/log" dump="$work/dump" "$@" &
    chips="$chips $!"
    for _ in $(seq 500); do
        [ -e "$port" ] && return
        sleep 0.02
    done
    fail "the fake chip does not start"
}

# Ends the chips; each writes its flash to ./dump, the last one wins.
stop_chip() {
    local chip
    for chip in $chips; do
        kill "$chip" 2>/dev/null
        wait "$chip" 2>/dev/null
    done
    chips=
}

firmware() {
    # Without site packages: half of its time.
    "$PYTHON" -I -S -B "$here/firmware.py" "$@" || fail "firmware.py $*"
}

# run CODE ARGUMENTS...: runs the tool, which must exit with CODE.
run() {
    local wanted=$1 code=0
    shift
    "$BOOTLEAP" "$@" >stdout 2>stderr </dev/null || code=$?
    [ "$code" -eq "$wanted" ] || fail "bootleap $*: exit code $code instead of $wanted"
}

# message TEXT: stderr is one line, and TEXT is part of it.
message() {
    [ "$(wc -l <stderr)" -eq 1 ] || fail "stderr is not one line"
    grep -qF -- "$1" stderr || fail "stderr lacks: $1"
}

no_message() {
    [ ! -s stderr ] || fail "stderr is not empty"
}

output() {
    grep -qF -- "$1" stdout || fail "stdout lacks: $1"
}

# json FILTER VALUE [FILTER VALUE]...: each of jq's FILTERs gives its VALUE for the JSON on stdout.
json() {
    local filters=$1 wanted=$2 is
    shift 2
    while [ $# -gt 0 ]; do
        filters="($filters), ($1)"
        wanted="$wanted"$'\n'"$2"
        shift 2
    done
    is=$(jq -r "$filters" stdout) || fail "stdout is no JSON"
    [ "$is" = "$wanted" ] || fail "$filters is $is instead of $wanted"
}

# The chip's flash still has what it had at the start.
untouched() {
    stop_chip
    grep -qE '^(erase|write)' log && fail "the chip was erased or written"
    [ "$(tr -d '\245' <dump | wc -c)" -eq 0 ] || fail "the flash has changed"
}

# holds FILE OFFSET: the chip's flash has the bytes of FILE there.
holds() {
    stop_chip
    cmp -n "$(stat -c %s "$1")" "$1" dump 0 "$2" || fail "the flash has not the content of $1"
}

# kept OFFSET SIZE: the chip's flash was neither erased nor written there.
kept() {
    stop_chip
    local other
    other=$(tail -c +$(($1 + 1)) dump | head -c "$(($2))" | tr -d '\245' | wc -c)
    [ "$other" -eq 0 ] || fail "flash at offset $1 was touched"
}

# logged PATTERN: waits for a line that the fake writes after its last answer.
logged() {
    local try
    for try in $(seq 200); do
        grep -q "$1" log && return 0
        [ "$try" = 200 ] || sleep 0.05
    done
    return 1
}
