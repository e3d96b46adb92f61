#!/usr/bin/env bash
# installed.sh: tries the installed package, in the root of script/packages. Prints a line a check.
# SPDX-License-Identifier: MIT
#
# installed.sh FIRMWARE UPDATE ZSH   two ELF files for a NUCLEO-H723ZG, and zsh_types.zsh
# "ok WHAT: SAID" or "failed WHAT: WHY" on stdout, the exit code says whether all are ok.
#
# shellcheck disable=SC2317 # the functions are commands of check
set -uo pipefail
firmware=$1 update=$2 typist=$3
work=$(mktemp -d)
trap 'kill "${board:-}" 2>/dev/null; rm -rf "$work"' EXIT
failures=0

# check WHAT COMMAND...: ok if the command succeeds; the last line that it prints is what it said.
check() {
    local what=$1
    shift
    if "$@" >"$work/said" 2>&1 </dev/null; then
        echo "ok $what: $(tail -n 1 "$work/said")"
    else
        echo "failed $what: exit code $?, $(tail -n 3 "$work/said" | tr '\n' ' ')"
        failures=$((failures + 1))
    fi
}

help() {
    bootleap --help | grep '^usage: bootleap VERB' && bootleap-check --help | grep '^usage:' &&
        bootleap-sim --help | grep '^usage:'
}

devices() {
    local lines
    lines=$(bootleap devices | wc -l)
    echo "$lines lines"
    [ "$lines" -gt 100 ] && bootleap-sim devices | tail -n 1
}

# The exit code is about the firmware; a report has a result.
judged() {
    bootleap-check "$firmware" --device h723 | grep '^result'
}

# A virtual board runs FIRMWARE; bootleap flashes UPDATE, which has to start.
flash() {
    bootleap-sim run "$firmware" --device h723 --usart "USART3=$work/board" --host terminal \
        >"$work/report" 2>"$work/err" </dev/null &
    board=$!
    for _ in $(seq 100); do
        [ -e "$work/board" ] && break
        sleep 0.1
    done
    bootleap flash "$update" "$work/board"
}

manual() {
    local page
    for page in $(man -w bootleap bootleap-check bootleap-sim); do
        man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null | { ! grep .; } || return 1
    done
    man bootleap-sim | grep 'EXIT STATUS' && man -w bootleap bootleap-check bootleap-sim | xargs
}

# The file is there under its name, so bash-completion finds it; here it is sourced.
in_bash() {
    bash --norc -c '. /usr/share/bash-completion/completions/bootleap
        COMP_WORDS=(bootleap flash a.elf --ask d) COMP_CWORD=4 && _bootleap && echo "${COMPREPLY[@]}"' |
        grep -x dfu
}

in_zsh() {
    zsh -n /usr/share/zsh/vendor-completions/_bootleap{,-check,-sim} && zsh -f "$typist" | grep -o '<flash><a.elf><--ask=dfu>'
}

rule() {
    local file=/usr/lib/udev/rules.d/70-bootleap.rules
    bootleap doctor --udev | cmp - "$file" || return 1
    if udevadm verify --help >/dev/null 2>&1; then
        udevadm verify "$file"
    else
        echo "the bytes of bootleap doctor --udev (this udevadm has no verify)"
    fi
}

# The library that the package brings, for Make and CMake.
library() {
    [ -s /usr/share/bootleap/src/bootleap.h ] && [ -s /usr/share/bootleap/bootleap.mk ] &&
        ls /usr/share/cmake/bootleap/bootleap-config.cmake
}

licence() {
    grep -c '^License: Expat' /usr/share/doc/bootleap/copyright &&
        grep -o 'libunicorn2 .*GPL-2.0-only' /usr/share/doc/bootleap/copyright
}

removal() {
    dpkg --verify bootleap && apt-get purge -y bootleap >/dev/null &&
        ! find /usr /etc -name '*bootleap*' | grep . && echo "nothing is left"
}

check "bootleap --help, bootleap-check --help, bootleap-sim --help" help
check "bootleap devices" devices
check "bootleap-check" judged
check "bootleap flash, a virtual board" flash
check "man -w, man --warnings" manual
check "completion in bash" in_bash
check "completion in zsh" in_zsh
check "udev rule" rule
check "firmware library" library
check "copyright" licence
check "dpkg --verify, purge" removal
exit $((failures > 0))
