#!/usr/bin/env bash
# round_trip.sh: a host tool flashes version 2 through the virtual ROM, and version 2 answers.
# SPDX-License-Identifier: MIT
#
# round_trip.sh CLIENT START SIM TOOL FIRMWARE BOARD DEVICE USART
#   CLIENT  bootleap, or stm32flash (a stranger: it knows some chips only)
#   START   request: version 1 runs and is asked to enter; blank: the chip has no firmware and
#           starts its ROM by itself; boot0: the same by the BOOT0 pin
set -euo pipefail
client=$1 start=$2 sim=$3 tool=$4 firmware=$5 board=$6 device=$7 usart=$8
folder=$(mktemp -d)
sim_pid=
trap '[ -z "$sim_pid" ] || kill "$sim_pid" 2>/dev/null || true; rm -rf "$folder"' EXIT
port=$folder/port

fail() {
    echo "FAILED: $1"
    tail -n 20 "$folder"/events "$folder"/result 2>/dev/null || true
    exit 1
}

start_options=()
case $start in
request) start_options=("$firmware/$board.elf") ;;
boot0) start_options=(--boot0) ;;
esac
"$sim" run "${start_options[@]}" --device "$device" --usart "$usart=$port" --json \
    --accept nothing --events "$folder/events" --flash "$folder/flash" >"$folder/result" \
    2>"$folder/log" &
sim_pid=$!
for _ in $(seq 50); do
    [ -e "$port" ] && grep -q start "$folder/events" && break
    sleep 0.1
done

case $client in
bootleap)
    "$tool" flash "$firmware/$board-v2.elf" "$port" --device "$device" \
        --expect "version 2, from the ROM" --json >"$folder/tool" 2>"$folder/tool-log" ||
        fail "bootleap flash: $(cat "$folder/tool-log")"
    jq -e '.verified and .started and .pages_erased == (.bytes / 2048 | ceil)
            or .pages_erased == 1' "$folder/tool" >/dev/null ||
        fail "bootleap does not say verified, started, its pages: $(cat "$folder/tool")"
    ;;
stm32flash)
    arm-none-eabi-objcopy -O binary "$firmware/$board-v2.elf" "$folder/v2.bin"
    [ "$start" != request ] || "$tool" enter "$port" >"$folder/tool" 2>&1 ||
        fail "bootleap enter: $(cat "$folder/tool")"
    # It gives up where its first byte came before the ROM listens, as on a busy machine.
    for try in $(seq 20); do
        stm32flash -m 8n1 -w "$folder/v2.bin" -v -g 0x08000000 "$port" >"$folder/client" 2>&1 &&
            break
        if [ "$try" = 20 ] || ! grep -q "Failed to init device" "$folder/client"; then
            fail "stm32flash: $(cat "$folder/client")"
        fi
    done
    grep -q "Wrote and verified" "$folder/client" || fail "stm32flash did not verify"
    for _ in $(seq 50); do
        grep -q "version 2" "$folder/events" && break
        sleep 0.1
    done
    ;;
esac

kill "$sim_pid"
wait "$sim_pid" || fail "the simulator has findings"
sim_pid=

grep -q '"text":"bootleap example on .*, version 2, from the ROM"' "$folder/events" ||
    fail "version 2 did not say that it came from the ROM"
jq -e '(.findings | not) and (.returns | length) == 1 and .returns[0].ok' "$folder/result" \
    >/dev/null || fail "the way back"
handoffs=$(jq '.handoffs | length' "$folder/result")
[ "$handoffs" = "$([ "$start" = request ] && echo 1 || echo 0)" ] || fail "$handoffs handoffs"

arm-none-eabi-objcopy -O binary "$firmware/$board-v2.elf" "$folder/v2.bin"
size=$(stat -c %s "$folder/v2.bin")
cmp -n "$size" "$folder/flash" "$folder/v2.bin" || fail "flash does not hold version 2"
rest=$(tail -c "+$((size + 1))" "$folder/flash" | LC_ALL=C tr -d '\377' | wc -c)
[ "$rest" = 0 ] || fail "$rest bytes behind version 2 are not erased"
jq -r '"\(.device): \(.resets) resets, \(.handoffs | length) handoffs, end \(.end.why)"' \
    "$folder/result"
