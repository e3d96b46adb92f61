#!/usr/bin/env bash
# matrix_digest.sh: the digest of the matrix is over its cells, and tells two firmwares apart.
# SPDX-License-Identifier: MIT
#
# matrix_digest.sh SIM FOLDER BUILD DEVICE BROKEN_ELF POINT
# BROKEN_ELF is a firmware for DEVICE after which POINT of the contract does not hold.
set -euo pipefail
sim=$1 folder=$2 build=$3 device=$4 broken=$5 point=$6
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
    echo "$*"
    exit 1
}

# digest OPTION...: of the right firmware, with its cells in $work/cells.
digest() {
    "$sim" matrix "$folder" --build "$build" --device "$device" --way reset --jobs 1 \
        --cells "$work/cells" --json "$@" | tee "$work/result" | jq -r .digest.sha256
}

# It is what another program says of the same lines, and these are all cells, each once, in order.
whole=$(digest)
sum=$(sha256sum "$work/cells")
[ "$whole" = "${sum%% *}" ] || fail "sha256sum: $sum, here $whole"
LC_ALL=C sort -c "$work/cells"
[ -z "$(cut -d ' ' -f 1-4 "$work/cells" | uniq -d)" ] || fail "a cell is there twice"
cells=$(jq '.cells | add' "$work/result")
[ "$(wc -l <"$work/cells")" -eq "$cells" ] || fail "not one line for each of $cells cells"
line="$device $build reset states/thread points=all outcome=entered/arrived/served"
line+=" refusal=- handoffs=1 resets=2 unmodelled=0"
grep -Fqx "$line" "$work/cells" || fail "no such line: $line"
cp "$work/cells" "$work/right"

named=points,outcome,refusal,handoffs,resets,unmodelled,earned,instructions
mkdir -p "$work/broken/$build"

# FIELDS are in it and no others, in one order.
few=$(digest --digest=resets,points)
[ "$few" != "$whole" ] || fail "fields that are not in it make no difference"
grep -Eqx "$device $build reset states/thread points=all resets=2" "$work/cells"
[ "$(digest --digest=points,resets)" = "$few" ] || fail "the order of FIELDS makes a difference"

# A broken firmware has another one, and diff names its cells.
cp "$broken" "$work/broken/$build/$device.elf"
status=0
other=$("$sim" matrix "$work/broken" --device "$device" --way reset --jobs 1 --digest \
    --cells "$work/wrong" | sed -n 's/^digest of points,outcome,.*: //p') || status=$?
[ "$status" -eq 7 ] || fail "the broken firmware: exit code $status"
sum=$(sha256sum "$work/wrong")
[ "$other" = "${sum%% *}" ] || fail "sha256sum: $sum, in the table $other"
[ "$other" != "$whole" ] || fail "it has the digest of the right one"
status=0
diff "$work/right" "$work/wrong" >"$work/diff" || status=$?
[ "$status" -eq 1 ] || fail "diff: exit code $status"
grep -q "^> $device $build reset states/thread points=$point outcome=failed/" "$work/diff" ||
    fail "$(head -n 20 "$work/diff")"

# The noise in RAM, and so the digest, does not depend on where the firmware lies.
seeds() {
    "$sim" matrix "$1" --device "$device" --way reset --jobs 1 --json |
        jq -r '.devices[].failures[].command' | grep -o -e '--seed .*' | sort -u
}
mkdir "$work/elsewhere"
cp -r "$work/broken/$build" "$work/elsewhere/"
seed=$(seeds "$work/broken" || true)
[[ $seed =~ ^--seed\ [0-9]+$ ]] || fail "not one seed: $seed"
[ "$(seeds "$work/elsewhere" || true)" = "$seed" ] || fail "the seed depends on the folder"

# On the way without a reset, which has loops, a reset is injected at some instructions only.
"$sim" matrix "$folder" --build "$build" --device "$device" --way direct --resets "$build" \
    --cells "$work/resets" >/dev/null
numbers=$(sed -n 's|.* direct resets/pin-at-instruction:\([0-9]*\) .*|\1|p' "$work/resets" | sort -n)
[ "$(wc -l <<<"$numbers")" -gt 100 ] || fail "too few resets: $(wc -l <<<"$numbers")"
[ "$(wc -l <<<"$numbers")" -lt "$(tail -n 1 <<<"$numbers")" ] || fail "a reset at each instruction"

# What cannot be done is refused at once, and FILE stays as it was.
# refused TEXT OPTION...
refused() {
    local text=$1 status=0 message
    shift
    message=$("$sim" matrix "$folder" --build "$build" --device "$device" "$@" 2>&1 >/dev/null) ||
        status=$?
    [ "$status" -eq 2 ] || fail "$*: exit code $status"
    [[ $message == *"$text"* ]] || fail "$*: $message"
}
cp "$work/right" "$work/kept"
refused "no field is called \"point\". Try: $named" --digest=point --cells "$work/kept"
refused 'no field is called ""' --digest=
refused 'no field is called ""' --digest=points,
refused 'no field is called "pointsresets"' --digest=resets,pointsresets
refused "--cells $work/none/cells: cannot write it" --cells "$work/none/cells"
cmp "$work/right" "$work/kept"
if [ -w /dev/full ]; then
    status=0
    message=$("$sim" matrix "$folder" --build "$build" --device "$device" --way reset \
        --cells /dev/full 2>&1 >/dev/null) || status=$?
    [ "$status" -eq 1 ] || fail "/dev/full: exit code $status"
    [[ $message == *"--cells /dev/full: cannot write all of it"* ]] || fail "$message"
fi
