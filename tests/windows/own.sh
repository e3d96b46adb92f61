# own.sh: what is Windows' own: names of ports, letters of names, ends of lines.
# SPDX-License-Identifier: MIT
# shellcheck shell=bash source=tests/cli/chip.sh disable=SC2086
# usage: own.sh CASE
. "$(dirname "$0")/../cli/chip.sh"
export WINEPREFIX=${WINEPREFIX:-$here/../../build/windows/prefix} WINEDEBUG=-all
wine=/usr/lib/wine/wine64

case $1 in
list) # what the drivers have put into the registry
    "$wine" reg add 'HKLM\HARDWARE\DEVICEMAP\SERIALCOMM' /v '\Device\VirtualChip' /t REG_SZ /d COM1933 /f \
        >reg.log 2>&1 </dev/null || fail "the registry takes nothing"
    run 0 list --json
    json '[.ports[] | select(.port == "COM1933")] | length' 1
    run 0 list
    grep -q '^COM1933  ' stdout || fail "not in the list"
    ;;
names) # what is no port, and the other name of one
    start_chip $g0b1
    run 3 info COM1999
    message "bootleap: info: open COM1999: no such port. Try: bootleap list"
    run 3 info 'C:\no\port'
    message 'open C:\no\port: no such port. Try: bootleap list'
    run 2 info NUL
    message "open NUL: not a serial port. Try: bootleap list"
    ln -sfn "$port" "$WINEPREFIX/dosdevices/com1936"
    for name in com1936 serial:COM1936 '\\.\COM1936'; do
        run 0 info "$name"
        output "STM32G0B1xx"
    done
    ;;
text) # no byte is added to what is printed, and no letter of a name is lost
    run 0 devices f405
    grep -q $'\r' stdout && fail "there is a carriage return"
    run 2 flash 'fürmware λ中.elf' COM33
    message 'open fürmware λ中.elf: No such file or directory'
    firmware elf 'fürmware λ中.elf'
    start_chip $g0b1
    run 0 flash 'fürmware λ中.elf' "$port" --no-go
    output 'fürmware λ中.elf: 3001 bytes'
    ;;
example) # a project in a folder
    run 0 example --device STM32F411CE 'fürmware λ'
    [ -s 'fürmware λ/Makefile' ] || fail "no Makefile"
    grep -rq $'\r' 'fürmware λ' && fail "there is a carriage return"
    run 2 example --device STM32F411CE 'fürmware λ'
    message "is not empty"
    ;;
*) fail "no such case" ;;
esac
