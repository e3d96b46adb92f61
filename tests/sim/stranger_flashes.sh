#!/usr/bin/env bash
# stranger_flashes.sh: stm32flash erases, writes and verifies a blank chip, then erases all of it.
# SPDX-License-Identifier: MIT
#
# stranger_flashes.sh SIM DEVICE USART
# For rows whose ROM has Erase (0x43), which no board of the examples has: no firmware runs here.
set -euo pipefail
sim=$1 device=$2 usart=$3
folder=$(mktemp -d)
sim_pid=
trap '[ -z "$sim_pid" ] || kill "$sim_pid" 2>/dev/null || true; rm -rf "$folder"' EXIT
port=$folder/port

fail() {
    echo "FAILED: $1"
    cat "$folder/client" 2>/dev/null
    exit 1
}

# It gives up where its first byte came before the ROM listens, as on a busy machine.
client() {
    local try
    for try in $(seq 20); do
        stm32flash -m 8n1 "$@" "$port" >"$folder/client" 2>&1 && return
        grep -q "Failed to init device" "$folder/client" || return
        echo "try $try: the ROM does not listen yet"
    done
    return 1
}

# Any bytes will do; a file that ends in the middle of a page shows that pages are erased whole.
head -c 3000 "$sim" >"$folder/file"
"$sim" run --device "$device" --boot0 --accept nothing --usart "$usart=$port" --flash "$folder/flash" \
    >"$folder/result" 2>&1 &
sim_pid=$!
for _ in $(seq 100); do
    [ -e "$port" ] && break
    sleep 0.1
done
# Twice: the second time the flash has to be erased to take other bytes.
head -c 3000 /dev/zero >"$folder/zeros"
client -w "$folder/zeros" -v || fail "the first write"
client -w "$folder/file" -v || fail "the second write"
grep -q "Wrote and verified" "$folder/client" || fail "stm32flash did not verify"
if [ "${4:-}" = all ]; then
    client -o || fail "the erase of everything"
    : >"$folder/file"
fi
kill "$sim_pid"
wait "$sim_pid" || fail "the simulator has findings"
sim_pid=
size=$(stat -c %s "$folder/file")
cmp -n "$size" "$folder/flash" "$folder/file" || fail "flash does not hold the file"
rest=$(tail -c "+$((size + 1))" "$folder/flash" | LC_ALL=C tr -d '\377' | wc -c)
[ "$rest" = 0 ] || fail "$rest bytes behind the file are not erased"
