# fault.sh: one fault at one step of the protocol, while a chip is flashed.
# SPDX-License-Identifier: MIT
# shellcheck shell=bash source=tests/cli/chip.sh disable=SC2086
# usage: fault.sh KIND@STEP[:N] EXIT-CODE untouched|touched TEXT
# TEXT is part of the message; PORT in it stands for the port.
. "$(dirname "$0")/chip.sh"
firmware elf app.elf
start_chip $g0b1 banner=ready fault="$1"
run "$2" flash app.elf "$port" --timeout 100 --wait 300
message "bootleap: flash: ${4//PORT/$port}"
[ "$3" = touched ] || untouched
