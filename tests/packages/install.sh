#!/usr/bin/env bash
# install.sh: `cmake --install` brings the programs' pages, completions and udev rule.
# SPDX-License-Identifier: MIT
#
# install.sh FOLDER   of the build
set -euo pipefail
build=$1
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
failures=0

say() {
    echo "$1"
    failures=$((failures + 1))
}

cmake --install "$build" --prefix "$prefix" >"$prefix/log" || say "$(cat "$prefix/log")"
for file in bin/{bootleap,bootleap-sim} share/man/man1/{bootleap,bootleap-sim}.1 \
    share/bash-completion/completions/{bootleap,bootleap-sim} \
    share/zsh/site-functions/{_bootleap,_bootleap-sim} share/doc/bootleap/{README.md,NOTICE} \
    share/bootleap/src/bootleap.c; do
    [ -s "$prefix/$file" ] || say "no $file"
done

# The rule: the bytes that `bootleap doctor` prints, under the name that it names, early enough.
rule=$prefix/lib/udev/rules.d/70-bootleap.rules
"$prefix/bin/bootleap" doctor --udev | cmp - "$rule" || say "the rule is not what doctor prints"
"$prefix/bin/bootleap" doctor --help | grep -q "/etc/udev/rules.d/${rule##*/}$" ||
    say "doctor names another file than ${rule##*/}"
number=${rule##*/}
[ "${number%%-*}" -lt 73 ] || say "uaccess is acted on by 73-seat-late.rules: too late"
grep -q 'idVendor}=="0483", ATTR{idProduct}=="df11"' "$rule" || say "the rule is not for ST's ROM"
if grep -v '^#' "$rule" | grep -vq 'TAG+="uaccess"$'; then
    say "a rule without uaccess"
fi
exit $((failures > 0))
