#!/usr/bin/env bash
# stranger.sh: stm32flash meets a chip that it does not know, says so, and flash stays as it is.
# SPDX-License-Identifier: MIT
#
# stranger.sh SIM TOOL FIRMWARE BOARD DEVICE USART PRODUCT
set -euo pipefail
sim=$1 tool=$2 firmware=$3 board=$4 device=$5 usart=$6 product=$7
folder=$(mktemp -d)
sim_pid=
trap '[ -z "$sim_pid" ] || kill "$sim_pid" 2>/dev/null || true; rm -rf "$folder"' EXIT
port=$folder/port

"$sim" run "$firmware/$board.elf" --device "$device" --usart "$usart=$port" \
    --flash "$folder/flash" >"$folder/result" 2>&1 &
sim_pid=$!
for _ in $(seq 50); do
    [ -e "$port" ] && break
    sleep 0.1
done
"$tool" enter "$port"
status=0
stm32flash -m 8n1 -w "$firmware/$board-v2.elf" "$port" >"$folder/client" 2>&1 || status=$?
cat "$folder/client"
grep -qi "unknown/unsupported device.*$product" "$folder/client"
[ "$status" -ne 0 ]
kill "$sim_pid"
wait "$sim_pid"
sim_pid=
arm-none-eabi-objcopy -O binary "$firmware/$board.elf" "$folder/v1.bin"
cmp -n "$(stat -c %s "$folder/v1.bin")" "$folder/flash" "$folder/v1.bin"
