#!/usr/bin/env bash
# consumer.sh: a project that has bootleap as a part builds its own files and the library, no more.
# SPDX-License-Identifier: MIT
#
# consumer.sh firmware|host add_subdirectory|FetchContent|nested
# It compiles with the project's flags. No package is looked for, no variable stays, no test, nothing
# to install.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
for=$1 how=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

options=("-DHOW=$how" "-DBOOTLEAP_FOLDER=$PWD")
expected="$PWD/tests/consumer/project/$for.c"
if [ "$for" = firmware ]; then
    options+=("-DCMAKE_TOOLCHAIN_FILE=$PWD/cmake/arm-gcc.cmake")
    for file in bootleap bootleap_jump bootleap_probe bootleap_strerror; do
        expected+=$'\n'$PWD/src/$file.c
    done
fi
cmake -G Ninja -S tests/consumer/project -B "$work" "${options[@]}" >"$work/log" 2>&1 ||
    { cat "$work/log"; exit 1; }

# Every command of the default target that compiles; one more links.
ninja -C "$work" -t commands all >"$work/commands"
compiled=$(sed -n 's/.* -c \([^ ]*\)$/\1/p' "$work/commands" | LC_ALL=C sort)
expected=$(LC_ALL=C sort <<<"$expected")
steps=$(wc -l <"$work/commands")
if [ "$compiled" != "$expected" ] || [ "$steps" -ne $(($(wc -l <<<"$expected") + 1)) ]; then
    printf '%d steps; compiled are:\n%s\nexpected are:\n%s\n' "$steps" "${compiled:0:2000}" \
        "$expected"
    exit 1
fi
if grep -iE '^(bootleap_[^:]*|[^:]*python[^:]*|pkg_[^:]*|cmake_install_[a-z]*dir|build_testing):' \
    "$work/CMakeCache.txt" | grep -viE '^bootleap_(binary_dir|source_dir|is_top_level|folder):'; then
    echo "stays in the project's cache" && exit 1
fi
[ ! -e "$work/CTestTestfile.cmake" ]

# Each file has the flags that the project gives, and where the library's headers are.
flags="-DSTM32F405xx -I$PWD/src -mcpu=cortex-m4 -mthumb -ffreestanding -Os"
if [ "$for" = firmware ] && sed -n '/ -c /s| -M.*||p' "$work/commands" | grep -vE "^[^ ]*gcc $flags\$"; then
    echo "has not the flags $flags" && exit 1
fi
cmake --build "$work" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
if [ "$for" = firmware ]; then
    arm-none-eabi-nm "$work/application" | grep ' T bootleap_on_reset$' >/dev/null
    cmake --install "$work" --prefix "$work/installed" >/dev/null
    [ "$(find "$work/installed" -type f)" = "$work/installed/bin/application" ]
fi
