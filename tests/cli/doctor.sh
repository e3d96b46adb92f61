# doctor.sh: the doctor and the list as programs, on ports of this computer.
# SPDX-License-Identifier: MIT
# shellcheck shell=bash source=tests/cli/chip.sh disable=SC2086
# usage: doctor.sh CASE
. "$(dirname "$0")/chip.sh"

case $1 in
healthy) # and the ROM answers the next program
    start_chip $g0b1
    run 0 doctor "$port" --device g0b1
    output "ok      $port"
    output "STM32G0B1xx/0C1xx"
    no_message
    run 0 info "$port"
    run 0 doctor "$port"
    untouched
    ;;
busy)
    start_chip $g0b1
    exec 9<>"$port"
    flock -n 9 || fail "cannot lock the port"
    run 1 doctor "$port"
    output "another program has the port open"
    output "(process $$) has $port open"
    output "kill $$"
    message "bootleap: doctor: $port: another program has the port open. Try: kill $$"
    ;;
json)
    start_chip product=0x999 id=0x92 id-at=0x1FFF9FFE pages=128x2048@0
    run 1 doctor "$port" --json
    "$PYTHON" - stdout <<'END' || fail "not as it should be"
import json, sys
report = json.load(open(sys.argv[1]))
place, = report["looked_at"]
finding, = place["findings"]
assert not place["ok"] and finding["id"] == "unknown-chip", finding
assert "0x999" in finding["evidence"] and finding["command"] == "bootleap devices", finding
assert report["exit_code"] == 1 and report["error"]["fault"] == "chip", report
END
    ;;
usage)
    run 2 doctor usb:nowhere
    message "port usb:nowhere: no such way to name a USB device"
    run 2 doctor usb: --device nobody
    message "nobody"
    ;;
*) fail "no case $1" ;;
esac
