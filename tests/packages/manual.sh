#!/usr/bin/env bash
# manual.sh: the manual pages have no warning, and say what --help says.
# SPDX-License-Identifier: MIT
#
# manual.sh FOLDER   of the programs; their pages are in FOLDER/manual
set -euo pipefail
build=$1
failures=0

say() {
    echo "$1"
    failures=$((failures + 1))
}

# What stdin says without blanks: so line ends do not count.
letters() {
    tr -d ' \n'
}

for program in bootleap bootleap-check bootleap-sim; do
    file=$build/manual/$program.1
    # Without -Z man would filter what groff says.
    warnings=$(man --warnings -E UTF-8 -l -Tutf8 -Z "$file" 2>&1 >/dev/null)
    [ -z "$warnings" ] || say "$program.1: $warnings"
    # ASCII: what stands in the page can be pasted into a shell, hyphens too.
    page=$(MANWIDTH=200 man -E ascii -P cat -l "$file" 2>/dev/null | letters)
    for verb in $("$build/$program" --help | sed -n '/^Examples/q; s/^  \([a-z]*\)  *.*/\1/p'); do
        help=$("$build/$program" "$verb" --help | tail -n +2 | letters)
        [[ $page == *"$help"* ]] || say "$program(1) does not say what $program $verb --help says"
    done
    for code in $("$build/$program" --help | sed -n '/^Exit codes:/,$ s/^  \([0-9]\) .*/\1/p'); do
        grep -qF ".B $code" "$file" || say "$program.1 lacks exit code $code"
    done
    commands=VERBS
    if ! "$build/$program" --help | grep -q "^usage: $program VERB"; then
        commands=OPTIONS
        help=$("$build/$program" --help | sed -n '3,/^Examples/p' | sed '$d' | letters)
        text=${page/OPTIONS/}
        [[ $text == *"$help"* ]] || say "$program(1) does not say what $program --help says"
    fi
    for section in NAME SYNOPSIS DESCRIPTION "$commands" 'EXIT STATUS' FILES EXAMPLES; do
        grep -qx ".SH $section" "$file" || say "$program.1 has no section $section"
    done
done
exit $((failures > 0))
