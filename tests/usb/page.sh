#!/usr/bin/env bash
# page.sh: the commands of a page that start a virtual board on USB and use it, run as they stand there.
# SPDX-License-Identifier: MIT
#
# page.sh STAGE PAGE TEXT...    each TEXT must be in what they print
#
# Of PAGE: the first line that runs the simulator, and the block that has script/virtual-usb, whose
# lines below that one are typed into its shell. Only the port 3240 and names in /tmp are others here,
# so that several of these tests can run at once.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export USB_STAGE=$1 SHELL=/bin/bash
page=$2
shift 2
work=$(mktemp -d)
trap 'kill "$sim" 2>/dev/null; rm -rf "$work"' EXIT

# The block of the page that has this text.
block() {
    awk -v text="$1" '/^```/ {if (inside && index(block, text)) {printf "%s", block; exit}
        inside = !inside; block = ""; next} inside {block = block $0 "\n"}' "$page" |
        sed "s|3240|$port|; s|/tmp/|$work/|g"
}

port=0
# shellcheck disable=SC2046 # the line's own words
exec 3< <(exec $(block "build/bootleap-sim run") 2>&1 </dev/null)
sim=$!
while ! [[ ${line:-} =~ ^usbip.*:([0-9]+)$ ]]; do
    read -r -t 10 line <&3 || { echo "no usbip server: ${line:-}" && exit 1; }
done
port=${BASH_REMATCH[1]}
commands=$(block script/virtual-usb)
before=${commands%%script/virtual-usb*}
bash -ec "$before"
typed=${commands#"$before"}
said=$(script/virtual-usb "$port" 2>&1 <<<"${typed#*$'\n'}") || true
for text in "$@"; do
    if [[ $said != *"$text"* ]]; then
        echo "not printed: $text" && echo "$said" && exit 1
    fi
done
echo "$(grep -c . <<<"$commands") commands"
