#!/usr/bin/env bash
# installed.sh: a program on the installed libbootleap, shared and static, C and C++, with a board.
# SPDX-License-Identifier: MIT
#
# installed.sh BUILD SOURCE FAKE_ROM   BUILD has a build of the host, SOURCE the project
set -euo pipefail
build=$1 source=$2 fake_rom=$3
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT
fail() { echo "FAILED: $*" >&2; [ ! -f "$work/said" ] || cat "$work/said" >&2; exit 1; }
warnings=(-std=c11 -Wall -Wextra -Wconversion -Wshadow -Wpedantic -Wundef -Werror)

DESTDIR=$work/root cmake --install "$build" --prefix /usr >"$work/said"
export PKG_CONFIG_PATH
PKG_CONFIG_PATH=$(dirname "$(find "$work/root" -name libbootleap.pc)")
libraries=${PKG_CONFIG_PATH%/pkgconfig}
[ "$(pkg-config --modversion libbootleap)" = "$("$build/bootleap" --version | cut -d' ' -f2)" ] ||
    fail "pkg-config names another version"

read -ra shared <<<"$(pkg-config --cflags --libs libbootleap)"
read -ra static <<<"$(pkg-config --cflags libbootleap) $libraries/libbootleap.a $(pkg-config --libs \
    libusb-1.0 libserialport)"
cc "${warnings[@]}" "$source/examples/host/update.c" "${shared[@]}" -o "$work/update"
cc "${warnings[@]}" "$source/examples/host/update.c" "${static[@]}" -o "$work/update-static"
echo '#include <libbootleap.h>
int main() { return libbootleap_version()[0] == 0; }' >"$work/a.cpp"
c++ -Wall -Wextra -Werror "$work/a.cpp" "${shared[@]}" -o "$work/plus"
export LD_LIBRARY_PATH=$libraries
"$work/plus" || fail "C++"
ldd "$work/update" >"$work/said"
grep -q "libbootleap.so.0 => $libraries" "$work/said" || fail "another library is loaded"
ldd "$work/update-static" >"$work/said"
grep -q libbootleap "$work/said" && fail "the static one is not static"

# A vector table of a G0B1 with its stack in RAM and its reset handler behind it, and some code.
python3 - "$work/app.bin" <<'END'
import struct, sys
open(sys.argv[1], "wb").write(struct.pack("<II", 0x20020000, 0x08000009) + bytes(range(256)) * 4)
END
for program in update update-static; do
    # banner: what its application prints when it starts.
    "$fake_rom" "$work/port" product=0x467 id=0x92 id-at=0x1FFF9FFE pages=128x2048@0,128x2048@256 \
        unit=8 bank2=256 banner=ready log="$work/log" &
    for _ in $(seq 100); do [ -e "$work/port" ] && break; sleep 0.05; done
    "$work/$program" "$work/port" "$work/app.bin" g0b1 >"$work/said" 2>&1 || fail "$program"
    grep -q "STM32G0B1xx/0C1xx: 1 pages erased, 1032 bytes written" "$work/said" || fail "$program says something else"
    kill %%
    wait 2>/dev/null || true
    rm -f "$work/port"
done
"$work/update" "$work/nothing" "$work/app.bin" >"$work/said" 2>&1 && fail "no port is no problem"
grep -q 'open .*/nothing: no such port (line). Try: bootleap list' "$work/said" || fail "the message"
echo ok
