# check.sh: bootleap-check.exe says of each image of tests/check what the program of this machine says.
# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# usage: check.sh CHECK CHECK.EXE FOLDER    the ELFs of FOLDER/fixtures, no_entry and grid
#
# The .exe has no reader of lines, so the program of this machine gets the same image without debug
# information: then both say the same, character by character, as JSON and as text. Of the grid it is
# what script/test builds.
set -eu
check=$1 exe=$2 folder=$3
build=$(cd "$(dirname "$0")/../.." && pwd)/build/windows
export WINEPREFIX=${WINEPREFIX:-$build/prefix} WINEDEBUG=-all
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/stripped" "$work/said"
shopt -s nullglob
images=("$folder"/fixtures/*.elf "$folder"/no_entry/*.elf
    "$folder"/grid/*.g0b1.gcc-Os.elf "$folder"/grid/*.h723.clang-O0.elf)
findings=0

# compare NAME WAY OPTION...: the same words and exit code. Both stand in a folder with this name.
compare() {
    local name=$1 way=$2 here=0 there=0
    shift 2
    (cd "$work/stripped" && "$check" "$name" "$@") >"$work/here" 2>"$work/here.err" </dev/null || here=$?
    (cd "$work/whole" && /usr/lib/wine/wine64 "$exe" "$name" "$@") >"$work/there" 2>"$work/there.err" </dev/null || there=$?
    if [ "$here" != "$there" ] || [ "$here" = 1 ] || ! cmp -s "$work/here" "$work/there" ||
        ! cmp -s "$work/here.err" "$work/there.err"; then
        diff "$work/here" "$work/there" | head -n 20 || true
        diff "$work/here.err" "$work/there.err" || true
        wc -c "$work/there" "$work/there.err"
        echo "FAILED: $way of $name: exit code $here, under Wine $there"
        exit 1
    fi
}

mkdir "$work/whole"
for elf in "${images[@]}"; do
    name=${elf##*/}
    device=${name#*.}
    device=${device%%.*}
    cp "$elf" "$work/whole/$name"
    arm-none-eabi-objcopy --strip-debug "$elf" "$work/stripped/$name"
    compare "$name" text --device "$device"
    compare "$name" JSON --device "$device" --json
    findings=$((findings + $(jq '[.findings[], .entries[].findings[]] | length' "$work/there")))
done
[ ${#images[@]} -ge 60 ] || {
    echo "FAILED: only ${#images[@]} images are there"
    exit 1
}
# Any letter in a name; what is refused, too.
for at in stripped whole; do
    cp "$work/stripped/$name" "$work/$at/fürmware λ中.elf"
done
compare 'fürmware λ中.elf' text
printf 'no ELF' >"$work/stripped/no.elf"
cp "$work/stripped/no.elf" "$work/whole"
compare no.elf text
compare none.elf JSON --json
echo "Of ${#images[@]} images \`bootleap-check.exe\` says the same as on Linux, character by character: $findings findings as JSON and as text."
