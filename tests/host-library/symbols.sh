#!/usr/bin/env bash
# symbols.sh: what libbootleap shows, needs and does not do, as its libraries say.
# SPDX-License-Identifier: MIT
#
# symbols.sh FOLDER HEADER   FOLDER has the shared and the static library
set -euo pipefail
folder=$1 header=$2
shared=$folder/libbootleap.so static=$folder/libbootleap.a
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }

# The functions of the header, and nothing else, in both.
grep -vE '^ *//' "$header" | grep -oE '\blibbootleap_[a-z_]+\(' | tr -d '(' | sort -u >"$work/declared"
nm -D --defined-only "$shared" | awk '$2 == "T" { sub(/@.*/, "", $3); print $3 }' | sort >"$work/shared"
nm -g --defined-only "$static" | awk '$2 == "T" { print $3 }' | sort >"$work/static"
[ "$(wc -l <"$work/declared")" -ge 20 ] || fail "the header declares hardly anything"
for kind in shared static; do
    diff "$work/declared" "$work/$kind" || fail "the $kind library shows other names than the header"
done
nm -D --defined-only "$shared" | awk '$2 != "T" && $2 != "A"' | { ! grep .; } || fail "data are shown"

# The soname, and whom it needs.
readelf -d "$shared" >"$work/dynamic"
grep -q 'SONAME.*\[libbootleap\.so\.0\]' "$work/dynamic" || fail "another soname"
grep -oE 'NEEDED.*\[(.*)\]' "$work/dynamic" | sed 's/.*\[//; s/\..*//' | sort >"$work/needed"
diff - "$work/needed" <<'END' || fail "it needs other libraries"
libc
libserialport
libusb-1
END

# It has no variables: what a C program itself brings is all that .data and .bss hold.
for section in .data .bss; do
    size=$(readelf -SW "$shared" | awk -v name="$section" '{ for (i = 1; i < NF; i++) if ($i == name) print $(i + 4) }')
    [ $((16#${size:-0})) -le 8 ] || fail "$section has 0x$size bytes"
done

# It prints nothing, ends nobody, and leaves signals and the locale alone.
nm -D -u "$shared" | awk '{ sub(/@.*/, "", $2); print $2 }' |
    grep -xE 'stdout|stderr|printf|puts|putchar|perror|exit|_exit|abort|raise|signal|sigaction|setlocale|getenv|setenv|chdir|atexit|system|fork' &&
    fail "it uses what a library must not"
echo "ok: $(wc -l <"$work/shared") functions"
