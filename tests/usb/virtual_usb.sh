#!/usr/bin/env bash
# virtual_usb.sh: script/virtual-usb says what a newcomer cannot see.
# SPDX-License-Identifier: MIT
#
# virtual_usb.sh STAGE
set -euo pipefail
script=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/script/virtual-usb
export USB_STAGE=$1 SHELL=/bin/sh
closed=1 # nobody but root may listen there, and nobody does

# ends CODE TEXT ARGUMENT...: with this code, and with TEXT on stderr.
ends() {
    local code=0 wanted=$1 text=$2 said
    shift 2
    said=$("$script" "$@" 2>&1 >/dev/null </dev/null) || code=$?
    if [ "$code" -ne "$wanted" ] || [[ $said != *"$text"* ]]; then
        echo "FAILED: $*: $code, $said"
        exit 1
    fi
}

ends 2 "not from 1 to 65535" 0 true
ends 2 "not from 1 to 65535" 99999999999999999999 true
ends 2 "PORT is that of" , true
ends 3 "nothing listens on 127.0.0.1:$closed yet. Try: bootleap-sim run" "$closed" sh -c 'exit 3'
ends 0 "in this shell 127.0.0.1:$closed is usb:1-1" "$closed"
