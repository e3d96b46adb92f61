# refused.sh: input that must be refused, with the reason, and with the chip left as it was.
# SPDX-License-Identifier: MIT
# shellcheck shell=bash source=tests/cli/chip.sh disable=SC2086
# usage: refused.sh CASE
. "$(dirname "$0")/chip.sh"

# refuse CODE TEXT FILE [OPTION]...: flashing FILE to a g0b1 that is ready is refused so.
refuse() {
    local code=$1 text=$2
    shift 2
    start_chip $g0b1 banner=ready
    run "$code" flash "$1" "$port" "${@:2}"
    message "bootleap: flash: $text"
    untouched
}

case $1 in
# the port
no-port)
    firmware elf app.elf
    run 3 flash app.elf "$work/nowhere"
    message "bootleap: flash: open $work/nowhere: no such port. Try: bootleap list"
    ;;
no-serial-port)
    touch file
    run 2 info "$work/file"
    message "bootleap: info: open $work/file: not a serial port."
    ;;
port-in-use)
    start_chip $g0b1
    exec 9<>"$port"
    flock -n 9 || fail "cannot lock the port"
    run 1 info "$port"
    message "open $port: another program uses this port: pid "
    message ". Try: close that program"
    ;;
nothing-answers)
    firmware elf app.elf
    start_chip $g0b1 mute=1
    start=$(date +%s%N)
    run 3 info "$port"
    message "bootleap: info: sync at $port: nothing answers."
    [ $(($(date +%s%N) - start)) -lt 2500000000 ] || fail "took longer than 2.5 s"
    run 3 flash app.elf "$port"
    message "bootleap: flash: sync at $port: nothing answers. Try: --text and --app-baud"
    untouched
    ;;
no-rom)
    start_chip $g0b1 greet=0x41
    run 3 info "$port"
    message "sync at $port: answered 0x41 (\"A\"), which is not an AN3155 ROM. Try: bootleap enter"
    untouched
    ;;
no-rom-text) # prints ACKs, but never one alone
    start_chip $g0b1 chatter=yyyy
    run 3 info "$port"
    message "sync at $port: answered 0x79 (\"yyyy"
    untouched
    ;;
no-rom-acks) # answers everything with an ACK
    start_chip $g0b1 greet=0x79
    run 1 info "$port"
    message "Get: $port announces 121 commands, so it is not an AN3155 ROM"
    untouched
    ;;
wrong-baud) # the application hears at 9600 only
    firmware elf app.elf
    start_chip $g0b1 ask=b ask-baud=9600
    run 3 flash app.elf "$port"
    message "sync at $port: nothing answers. Try: --text and --app-baud as the application wants"
    untouched
    ;;
no-baud)
    start_chip $g0b1
    run 2 info "$port" --baud 0
    message "--baud: 0 is out of range. Try: a number from 1 to"
    ;;

# the chip
unknown-chip)
    firmware elf app.elf
    start_chip product=0x999 pages=4x1024@0
    run 2 flash app.elf "$port"
    message "chip at $port: product id 0x999 is not in the device table"
    untouched
    ;;
other-device)
    firmware elf app.elf
    refuse 2 "chip at $port: it is STM32G0B1xx/0C1xx (product id 0x467), not STM32F40xxx/41xxx (0x413)" \
        app.elf --device STM32F407xx
    ;;
no-device)
    firmware elf app.elf
    refuse 2 "\"h732\": no device, macro or ordering code of the table. Try: --device h723, or" app.elf --device h732
    ;;
nothing-like-it)
    firmware elf app.elf
    refuse 2 "\"STM32MP157\": no device, macro or ordering code of the table. Try: bootleap devices" \
        app.elf --device STM32MP157
    ;;
several-fit)
    firmware elf app.elf
    refuse 2 "\"f103\": 4 devices fit: f10low" app.elf --device f103
    ;;
protected)
    firmware elf app.elf
    start_chip $g0b1 protected=1
    run 0 info "$port" --json
    json .device g0b1 .rom_version null
    run 5 flash app.elf "$port" --timeout 300
    message "NACK, the ROM refuses the command. Try: bootleap info; a ROM that refuses each read has readout protection on"
    untouched
    ;;
no-erase)
    firmware elf app.elf
    start_chip $g0b1 erase=0
    run 5 flash app.elf "$port"
    message "ROM at $port: it has no erase command"
    untouched
    ;;

page-number) # one byte a page: 256 would erase page 0
    firmware bin app.bin
    start_chip $g0b1 erase=0x43
    run 5 flash app.bin "$port" --address 0x08040000
    message "erase of page 256: this ROM erases pages up to 255 only, not page 256"
    untouched
    ;;

# the file
wrong-stack) # linked for a chip with more RAM
    firmware elf app.elf stack=0x20030000
    refuse 2 "vector table at 0x08000000: stack pointer 0x20030000 is outside the RAM of STM32G0B1xx/0C1xx" app.elf
    ;;
wrong-reset)
    firmware elf app.elf reset=0x08010001
    refuse 2 "vector table at 0x08000000: reset handler 0x08010001 is outside the file" app.elf
    ;;
arm-reset)
    firmware elf app.elf reset=0x08000100
    refuse 2 "vector table at 0x08000000: reset handler 0x08000100 is not Thumb code" app.elf
    ;;
force) # the same file, and the user insists
    firmware bin app.bin stack=0x20030000
    start_chip $g0b1 banner=ready
    run 0 flash app.bin "$port" --force
    holds app.bin 0
    ;;
device-first) # with --device, the application is not even asked
    firmware elf app.elf stack=0x20030000
    start_chip $g0b1 ask=b
    run 2 flash app.elf "$port" --device g0b1
    message "stack pointer 0x20030000 is outside the RAM"
    grep -q asked log && fail "the application was asked"
    untouched
    ;;
restart) # refused after the application was asked: it runs again
    firmware elf app.elf stack=0x20030000
    start_chip $g0b1 ask=b
    run 2 flash app.elf "$port" --json
    message "stack pointer 0x20030000 is outside the RAM"
    json .pages_erased 0 .verified false .rom_id 0x92
    logged '^go 0x08000000$' || fail "the application was not started again"
    untouched
    ;;
too-large)
    firmware bin app.bin size=0x80001
    refuse 2 "data for 0x08000000 to 0x08080000: too large, the flash of STM32G0B1xx/0C1xx ends at 0x0807FFFF" app.bin
    ;;
outside)
    firmware hex app.hex start=0x20000000
    refuse 2 "3001 bytes for 0x20000000, RAM: outside the flash of STM32G0B1xx/0C1xx, 0x08000000 to 0x0807FFFF" app.hex
    ;;
no-file)
    refuse 2 "open nothing.elf: No such file or directory" nothing.elf --json
    json .format null .error.what "open nothing.elf: No such file or directory" .error.fault file .exit_code 2 .schema 1
    ;;
folder)
    refuse 2 "open /: Is a directory" /
    ;;
swapped) # PORT before FILE: must not wait for the port to end
    firmware elf app.elf
    start_chip $g0b1
    run 2 flash "$port" app.elf
    message "open $port: a device, not a file"
    untouched
    ;;
empty)
    : >app.bin
    refuse 2 "app.bin: the file is empty. Try: did the build end with an error?" app.bin
    ;;
hex-cut)
    firmware hex whole.hex
    head -c 1235 whole.hex >app.hex
    refuse 2 "app.hex at line 29: the record has 15 bytes, its length says 21" app.hex
    head -c 1234 whole.hex >app.hex
    run 2 flash app.hex "$port"
    message "app.hex at line 29: the record ends in the middle of a byte"
    ;;
hex-no-end)
    firmware hex whole.hex
    grep -v '^:00000001FF' whole.hex >app.hex
    refuse 2 "app.hex at line 190: the file stops without an end record" app.hex
    ;;
hex-checksum)
    firmware hex whole.hex
    sed '7s/..$/00/' whole.hex >app.hex
    refuse 2 "app.hex at line 7: the checksum is 0x00, should be 0x$(sed -n '7s/.*\(..\)$/\1/p' whole.hex)" app.hex
    ;;
elf-cut)
    firmware elf whole.elf
    head -c 2000 whole.elf >app.elf
    refuse 2 "app.elf: ELF cut short in the segment for 0x080005DC" app.elf
    ;;
elf-machine)
    firmware elf app.elf machine=243
    refuse 2 "app.elf: ELF for RISC-V (machine 243), not for ARM (40)" app.elf
    ;;
elf-host)
    cp "$BOOTLEAP" app.elf
    refuse 2 "app.elf: ELF for x86-64 (machine 62), not 32-bit little-endian, so not for an STM32" app.elf
    ;;
elf-address)
    firmware elf app.elf
    refuse 2 "--address: only for a raw binary, app.elf says itself where it belongs" app.elf --address 0x08000000
    ;;

# the application afterwards
no-answer)
    firmware bin app.bin
    start_chip $g0b1
    run 1 flash app.bin "$port" --start-wait 200 --json
    message "start at $port: no answer from the application within 200 ms. Try: --app-baud"
    json .verified true .started false \
        .error.fault application .error.what "start at $port: no answer from the application within 200 ms"
    holds app.bin 0
    ;;
other-answer)
    firmware elf app.elf
    start_chip $g0b1 banner=hello
    run 1 flash app.elf "$port" --start-wait 200 --expect ready
    message "start at $port: the application answers, but not with \"ready\" within 200 ms"
    ;;

# the command line
usage)
    run 2
    grep -q '^usage: bootleap VERB' stderr || fail "no usage"
    run 2 flsh
    message "bootleap: flsh: command line: there is no such verb. Try: bootleap flash"
    run 2 xyzzy
    message "bootleap: xyzzy: command line: there is no such verb. Try: bootleap --help"
    run 2 flash
    message "bootleap: flash: it needs 1 argument, there are 0. Try: bootleap flash --help"
    run 2 info a b
    message '"b" is one argument too many'
    run 2 info a --force
    message "--force: is not an option of info, or the start of several. Try: \`bootleap info --help\` lists"
    run 2 info a --baud
    message "option --baud: its value is missing"
    run 2 info a --timeout -5
    message '--timeout: -5 is not a number. Try: a number from 0 to 600000000'
    run 2 go a 0x0800000x # before the port is opened
    message 'address "0x0800000x": not a 32-bit number'
    run 2 info a --timeout ""
    message '--timeout:  is not a number'
    run 2 flash a b --address 0x1000000000
    message 'address "0x1000000000": not a 32-bit number'
    run 2 enter a --text '\q'
    message "--text: an escape that does not exist"
    ;;
swapped-arguments) # nothing is opened: the file comes first in one verb, the port in another
    run 2 flash /dev/ttyUSB0 app.elf
    message "arguments: /dev/ttyUSB0 and app.elf are swapped; the usage is bootleap flash FILE"
    message "Try: bootleap flash app.elf /dev/ttyUSB0"
    run 2 flash usb:1-2 app.elf
    message "Try: bootleap flash app.elf usb:1-2"
    run 2 flash COM33 app.elf
    message "Try: bootleap flash app.elf COM33"
    run 2 go 0x08000000 /dev/ttyACM0
    message "Try: bootleap go /dev/ttyACM0 0x08000000"
    run 2 try-board app.elf /dev/serial/by-id/usb-1
    message "Try: bootleap try-board /dev/serial/by-id/usb-1 app.elf"
    run 2 flash /dev/ttyUSB0
    message "arguments: /dev/ttyUSB0 is a port, and the file is missing. Try: bootleap flash FILE"
    ;;
mistyped)
    run 2 falsh app.elf
    message "there is no such verb. Try: bootleap flash"
    run 2 list --jsno
    message "--jsno: is not an option of list, or the start of several. Try: --json; "
    run 2 flash --ful app.elf --forse
    message "--forse: is not an option of flash, or the start of several. Try: --force; "
    ;;
help)
    run 0 --help
    output "usage: bootleap VERB"
    run 0 --version
    grep -qE '^bootleap [0-9]+\.[0-9]+\.[0-9]+$' stdout || fail "no version"
    for verb in list info enter flash go devices pins doctor; do
        for help in --help -h; do
            run 0 "$verb" "$help"
            output "usage: bootleap $verb"
            no_message
        done
    done
    ;;
*) fail "no case $1" ;;
esac
