#!/usr/bin/env bash
# adapters.sh: `bootleap list` and `bootleap doctor` on serial adapters that umockdev plugs in.
# SPDX-License-Identifier: MIT
#
# adapters.sh BOOTLEAP    one adapter has its port, a program has taken the other one
set -euo pipefail
bootleap=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# shellcheck disable=SC2016 # the inner shell's own
said=$(umockdev-run -d "$here/adapters.umockdev" -- bash -c '
    "$0" list
    "$0" doctor && echo "nothing wrong"
    "$0" list --json' "$bootleap" 2>&1) || true

for text in "/dev/ttyUSB0          1A86:7523  USB Serial - AB12, serial number AB12" \
    "ok      /dev/ttyUSB0" "wrong   10c4:ea60" "sudo fuser -v /dev/bus/usb/001/006" \
    "1 of 2 ports cannot be used" '"may_open": true' '"holder": null' '"serial": "AB12"'; do
    if [[ $said != *"$text"* ]]; then
        echo "not printed: $text" && echo "$said" && exit 1
    fi
done

# A device may call itself anything: no control character of it reaches the terminal.
nasty=$(mktemp)
trap 'rm -f "$nasty"' EXIT
sed -e 's/^A: product=USB Serial/A: product=USB\x1b[31m\xc2\x9bSerial/' -e 's/^A: serial=AB12/A: serial=A\x1b]\x7f12/' \
    "$here/adapters.umockdev" >"$nasty"
for verb in "list" "list --json" "doctor" "doctor --json"; do
    # shellcheck disable=SC2086 # the words of a verb
    said=$(umockdev-run -d "$nasty" -- "$bootleap" $verb 2>&1) || true
    if [[ $said != *"[31m"* ]] || LC_ALL=C grep -q $'[\x1b\x7f-\x9f]' <<<"$said"; then
        echo "$verb: the name is missing, or raw:" && cat -v <<<"$said" && exit 1
    fi
done
