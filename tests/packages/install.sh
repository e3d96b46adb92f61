#!/usr/bin/env bash
# install.sh: docs/install.md installs the programs, their pages, completions and udev rule.
# SPDX-License-Identifier: MIT
#
# install.sh FOLDER   of the build. The commands of the page run here, except those that build and
# those that need root.
set -euo pipefail
page=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../docs" && pwd)/install.md
build=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
ln -s "$build" build
prefix=$work/home/.local
failures=0

say() {
    echo "$1"
    failures=$((failures + 1))
}

# shellcheck disable=SC2016 # backticks of the page
commands=$(sed -n '/^```sh/,/^```/p' "$page" |
    grep -vE '^(```|sudo|script/|cmake --preset|cmake --build)|[|] sudo')
[ "$(wc -l <<<"$commands")" = 5 ] || say "5 commands of the page are run here, not: $commands"
while read -r line; do
    HOME=$work/home bash -e -c "$line" >log 2>&1 </dev/null || say "$line: $(cat log)"
done <<<"$commands"
for file in bin/bootleap{,-check,-sim} share/man/man1/bootleap{,-check,-sim}.1 \
    share/bash-completion/completions/bootleap{,-check,-sim} \
    share/zsh/site-functions/_bootleap{,-check,-sim} share/doc/bootleap/{README.md,NOTICE} \
    share/bootleap/src/bootleap.c; do
    [ -s "$prefix/$file" ] || say "no $file"
done

# What a page shows or leads to among the documents is there too; sources are elsewhere.
while IFS=: read -r from link; do
    [ -e "$(dirname "$from")/$link" ] || say "$from: no $link"
done < <(grep -roHE '\]\([^):#]+\.svg|\]\((\.\./)?[A-Z]+\.md' "$prefix/share/doc/bootleap" --include=*.md |
    sed 's/:\](/:/')

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
