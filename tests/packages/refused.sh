#!/usr/bin/env bash
# refused.sh: script/packages says in one line what it cannot do.
# SPDX-License-Identifier: MIT
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

# Another user than root, who may do nothing here but read.
as=()
if [ "$(id -u)" = 0 ]; then
    as=(setpriv --reuid 65534 --regid 65534 --clear-groups)
    if ! "${as[@]}" test -x script/packages; then
        echo "left out: in a folder of root alone nobody else can run it"
        exit 0
    fi
fi

# refused CODE TEXT ARGUMENT...
refused() {
    local code=$1 text=$2 status=0
    shift 2
    "${as[@]}" script/packages "$@" >"$work/out" 2>"$work/err" </dev/null || status=$?
    if [ "$status" != "$code" ] || [ "$(wc -l <"$work/err")" != 1 ] || [ -s "$work/out" ] ||
        ! grep -qE "^packages: .*$text.*\. Try: ." "$work/err"; then
        echo "packages $*: exit code $status, $(cat "$work/err" "$work/out"); expected: $code, $text"
        failures=$((failures + 1))
    fi
}

refused 2 '--suite 11: no such suite' --suite 11
refused 2 '--suite needs a value' --suite
refused 2 '--frobnicate: is not an option' --frobnicate
refused 1 'it makes a Debian root and mounts in it, which needs root' --suite 12
exit $((failures > 0))
