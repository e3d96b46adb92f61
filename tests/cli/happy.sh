# happy.sh: flashes and starts the four devices, and looks at what the chip then holds.
# SPDX-License-Identifier: MIT
# shellcheck shell=bash source=tests/cli/chip.sh disable=SC2086
# usage: happy.sh CASE
. "$(dirname "$0")/chip.sh"

# flash_device SLUG STACK FORMAT PAGE: one whole run on a ROM that answers already.
flash_device() {
    local pages
    firmware bin app.bin stack="$2" hole=0x600
    firmware "$3" "app.$3" stack="$2" hole=0x600
    start_chip ${!1} banner="Hello from $1"
    run 0 flash "app.$3" "$port" --json
    no_message
    json .format "$4" .device "$1" .bytes 3001 .verified true .started true \
        .application_output "Hello from $1" .blocks_skipped 4 .error null
    pages=$(grep -c '^erase' log)
    json .pages_erased "$(grep '^erase' log | tr ' ' '\n' | grep -cx '[0-9]*')"
    [ "$pages" -ge 1 ] || fail "nothing was erased"
    holds app.bin 0
    # The page of the vector table is erased first and alone. What starts is written last.
    grep '^erase' log | head -1 | grep -q '^erase 1: 0$' || fail "page 0 not first"
    [ "$(grep -c '^write 0x08000000 ' log)" -eq 1 ] || fail "vector table not once"
    grep '^write' log | tail -1 | grep -q "^write 0x08000000 $5\$" || fail "vector table not last"
    logged '^go 0x08000000$' || fail "not started"
}

case $1 in
f405) flash_device f405 0x20020000 dfu dfuse 4 && kept 0x4000 0x1000 ;;
g0b1) flash_device g0b1 0x20024000 hex hex 8 && kept 0x1000 0x1000 ;;
h723) flash_device h723 0x24050000 bin binary 32 && kept 0x20000 0x1000 ;;
u575) flash_device u575 0x200C0000 srec srec 16 && kept 0x2000 0x1000 ;;

application) # runs first, enters when asked, and has another rate
    firmware elf app.elf
    start_chip $g0b1 ask=go! ask-baud=9600 banner=ready
    run 0 flash app.elf "$port" --text 'go\x21' --app-baud 9600 --expect ready
    no_message
    output "app.elf: 3001 bytes in STM32G0B1xx/0C1xx (g0b1), 2 pages erased"
    output "application started: ready"
    grep -q '^asked$' log || fail "the application was not asked"
    ;;
chatter) # prints all the time, with an ACK (y) in it
    firmware elf app.elf
    start_chip $g0b1 ask=b chatter="busy " banner=busy
    run 0 flash app.elf "$port" --expect usy
    no_message
    ;;
late-*) # the ROM starts slowly, with several sync bytes waiting
    start_chip $g0b1 ask=b late="${1#late-}"
    run 0 enter "$port"
    output "answers on $port"
    ;;
stuck) # an interrupted run left the ROM in the middle of a block
    firmware elf app.elf
    start_chip $g0b1 stuck=1 banner=ready
    run 0 flash app.elf "$port"
    output "app.elf: 3001 bytes in STM32G0B1xx/0C1xx (g0b1), 2 pages erased"
    ;;
again) # a ROM that is in sync already
    firmware elf app.elf
    start_chip $g0b1 banner=ready
    run 0 info "$port"
    run 0 info "$port" --json
    json .device g0b1 .rom_version V9.2 .protocol V3.1 .product 0x467 \
        '.commands | index("0x44") != null' true .flash.start 0x08000000 .flash.size 524288
    run 0 flash app.elf "$port"
    ;;
verbose) # each frame is a line, in hexadecimal
    firmware elf app.elf
    start_chip $g0b1
    run 0 info "$port" -v
    output "g0b1"
    grep -qE "^ +[0-9]+ ms $port -- 115200 baud, 8E1\$" stderr || fail "no line for the settings"
    grep -qE "^ +[0-9]+ ms $port -> 1: 7F\$" stderr || fail "no line for the sync byte"
    grep -qE "^ +[0-9]+ ms $port <- 14: 79 0A 31 .* 79\$" stderr || fail "no line for Get"
    run 0 flash app.elf "$port" --verbose --no-go
    grep -qE " -> 258: FF( [0-9A-F]{2}){15} \.\.\.\$" stderr || fail "no line for a block"
    grep -vqE '^ +[0-9]+ ms [^ ]+ (--|->|<-) [ -~]+$' stderr && fail "another line"
    stop_chip
    rm -f "$port"
    start_chip $g0b1 chatter=$'\e[31m'
    run 3 info "$port" --verbose
    grep -q "1B 5B 33 31 6D" stderr || fail "what the chip prints is not there"
    grep -q $'\e' stderr && fail "what the chip prints is there raw"
    :
    ;;
no-go)
    firmware uf2 app.uf2
    start_chip $g0b1
    run 0 flash app.uf2 "$port" --no-go
    output "the ROM is still running"
    grep -q '^go' log && fail "started in spite of --no-go"
    run 0 go "$port"
    output "started at 0x08000000"
    logged '^go 0x08000000$' || fail "not started"
    ;;
only-flash)
    firmware bin app.bin
    firmware hex app.hex
    # Two option bytes, before the record that ends the file.
    sed -i 's/^:00000001FF$/:020000041FFFDC\n:02780000AAFEDE\n&/' app.hex
    start_chip $g0b1 banner=ready
    run 2 flash app.hex "$port"
    message "2 bytes for 0x1FFF7800, option bytes: outside the flash of STM32G0B1xx/0C1xx"
    run 0 flash app.hex "$port" --only-flash --json
    message "bootleap: flash: note: left out: 2 bytes for 0x1FFF7800, option bytes"
    json .bytes 3001 '.notes[0]' "left out: 2 bytes for 0x1FFF7800, option bytes"
    holds app.bin 0
    ;;
go-address)
    start_chip $g0b1
    run 0 go "$port" 0x08010000
    logged '^go 0x08010000$' || fail "not started there"
    ;;
enter)
    start_chip $g0b1 ask=b
    run 0 enter "$port" --json
    json .entry_requested true .device g0b1
    run 0 enter "serial:$port"
    output "it was running already"
    ;;
rom-port) # the application talks on one port, the ROM on another one
    firmware elf app.elf
    start_chip $g0b1 ask=b banner=ready
    mv port application
    start_chip $f405
    run 0 enter "$work/application" --rom-port "$port"
    output "STM32F40xxx/41xxx (f405) answers on $port, it was running already"
    ;;
address) # a raw binary in the middle of a page, unaligned, neighbours padded
    firmware bin part.bin size=300 stack=0x11223344
    start_chip $g0b1 banner=ready
    run 0 flash part.bin "$port" --address 0x08000803 --no-go --json
    json .pages_erased 1
    holds part.bin 0x803
    grep -q '^write 0x08000810 240$' log || fail "not aligned"
    grep '^write' log | tail -1 | grep -q '^write 0x08000800 8$' || fail "first unit not last"
    kept 0 0x800
    ;;
unchanged) # what is there is left alone, and started
    firmware elf app.elf
    start_chip $g0b1 banner=ready
    run 0 flash app.elf "$port" --no-go
    before=$(grep -cE '^(erase|write)' log)
    run 0 flash app.elf "$port"
    output "app.elf: 3001 bytes in STM32G0B1xx/0C1xx (g0b1), all there already, every byte compared"
    output "application started: ready"
    [ "$(grep -cE '^(erase|write)' log)" -eq "$before" ] || fail "erased or written"
    ;;
interrupted) # Ctrl-C ends it between two frames: the ROM waits for a command
    firmware bin app.bin size=0x60000
    start_chip $g0b1
    "$BOOTLEAP" flash app.bin "$port" --no-go >stdout 2>stderr </dev/null &
    tool=$!
    logged '^write' || fail "nothing is written"
    kill -TERM "$tool"
    code=0
    wait "$tool" || code=$?
    [ "$code" -eq 1 ] || fail "exit code $code"
    message "bootleap: flash: interrupted: only a part of the file is in flash. Try: the same command"
    run 0 info "$port"
    run 0 flash app.bin "$port" --no-go
    holds app.bin 0
    ;;
nohup) # a hangup that is ignored stays ignored
    firmware bin app.bin size=0x60000
    start_chip $g0b1
    (trap '' HUP && exec "$BOOTLEAP" flash app.bin "$port" --no-go) >stdout 2>stderr </dev/null &
    tool=$!
    logged '^write' || fail "nothing is written"
    kill -HUP "$tool"
    wait "$tool" || fail "it was ended: $?"
    holds app.bin 0
    ;;
full) # it is written again all the same
    firmware elf app.elf
    start_chip $g0b1
    run 0 flash app.elf "$port" --no-go
    run 0 flash app.elf "$port" --no-go --full --json
    json .pages_erased 2 .pages_kept 0 .verified true
    ;;
keep) # data that shares the last page of the file
    firmware elf app.elf
    firmware bin app.bin
    start_chip $g0b1
    run 0 flash app.elf "$port" --no-go --keep 0x08000F00+0x80
    holds app.bin 0
    kept 0xF00 0x80
    [ "$(tail -c +$((0xF80 + 1)) dump | head -c 128 | tr -d '\377' | wc -c)" -eq 0 ] ||
        fail "what was not to be kept is there"
    ;;
keep-fails) # the update ends in between: a copy is there
    firmware elf app.elf
    start_chip $g0b1 fault=close@write-half:2
    run 1 flash app.elf "$port" --no-go --keep 0x08000F00+0x10
    grep -qF "note: what is to be kept is saved in bootleap-kept-0x08000F00.hex" stderr ||
        fail "not said"
    grep -q '^:100F0000\(A5\)*' bootleap-kept-0x08000F00.hex || fail "not saved"
    ;;
keep-again) # interrupted, and the same command again
    firmware bin app.bin size=0x3F00
    start_chip $g0b1 id12=1
    "$BOOTLEAP" flash app.bin "$port" --no-go --keep 0x08003F00+0x80 >stdout 2>stderr </dev/null &
    tool=$!
    logged '^erase' || fail "nothing is erased"
    kill -TERM "$tool"
    wait "$tool"
    grep -q "the same command in this folder writes it back" stderr || fail "not said"
    run 0 flash app.bin "$port" --no-go --keep 0x08003F00+0x80
    grep -q "note: what is kept at 0x08003F00 is taken from bootleap-kept-" stderr || fail "not taken"
    [ -z "$(ls bootleap-kept-* 2>/dev/null)" ] || fail "the copy is still there"
    holds app.bin 0
    kept 0x3F00 0x80
    ;;
banks) # many pages: the first alone, 2 s of 40 ms in one command, the second bank one by one
    firmware bin app.bin size=0x40801
    start_chip $g0b1 banner=ready
    run 0 flash app.bin "$port" --json
    json .pages_erased 130
    holds app.bin 0
    [ "$(grep -c '^erase' log)" -eq 6 ] || fail "other erase commands"
    grep -q '^erase 1: 0$' log || fail "first page"
    grep -q '^erase 50: 1 2 ' log || fail "first bank"
    grep -q '^erase 50: 51 52 ' log || fail "first bank"
    grep -q '^erase 27: 101 102 ' log || fail "first bank"
    grep -q '^erase 1: 256$' log || fail "second bank"
    grep -q '^erase 1: 257$' log || fail "second bank"
    ;;
short-erase) # an old ROM that has Erase and not Extended Erase
    firmware elf app.elf
    start_chip $f405 erase=0x43 banner=ready
    run 0 flash app.elf "$port"
    grep -q '^erase 1: 0$' log || fail "not erased"
    ;;
silent) # the application prints nothing
    firmware elf app.elf
    start_chip $g0b1
    run 0 flash app.elf "$port" --start-wait 0
    ;;
pages) # every page it touches and no other one
    firmware bin app.bin size=0x10001
    start_chip $f405 banner=ready
    run 0 flash app.bin "$port"
    [ "$(grep '^erase' log | cut -d: -f2 | tr ' ' '\n' | grep . | sort | tr '\n' ' ')" = \
        "0 1 2 3 4 " ] || fail "other pages"
    kept 0x20000 0x1000
    ;;
*) fail "no case $1" ;;
esac
