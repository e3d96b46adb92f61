# round_trip.sh: bootleap.exe from the application to its next version, on a virtual STM32.
# SPDX-License-Identifier: MIT
# shellcheck shell=bash source=tests/cli/chip.sh
# usage: round_trip.sh SIMULATOR ELF ELF_2    two versions for a NUCLEO-H723ZG
. "$(dirname "$0")/../cli/chip.sh"

"$1" run "$2" --device h723 --usart "USART3=$port" >sim.out 2>sim.err </dev/null &
chips=$!
for _ in $(seq 500); do
    [ -e "$port" ] && break
    sleep 0.02
done
run 0 enter "$port" --json
json .device h723 .error null
run 0 info "$port" --json
json .device h723 .product 0x483
run 0 flash "$3" "$port" --no-go --json
json .verified true .error null
run 0 flash "$3" "$port" --no-go --json
json .bytes_written 0 .verified true
run 0 verify "$3" "$port"
run 6 verify "$2" "$port"
run 0 read 'zurück λ.bin' "$port" --range 0x08000000+1024
arm-none-eabi-objcopy -O binary "$3" image.bin
cmp -n 1024 image.bin 'zurück λ.bin' || fail "other bytes were read"
run 0 read - "$port" --range 0x08000000+1024
cmp -n 1024 image.bin stdout || fail "other bytes on the standard output"
run 0 erase "$port" --range 0x08040000+0x20000 --json
json .error null
run 0 verify "$3" "$port"
run 0 go "$port"
output "started at 0x08000000"
run 0 enter "$port"
