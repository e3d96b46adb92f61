#!/usr/bin/env bash
# library.sh: the library compiles without a warning wherever users compile it.
# SPDX-License-Identifier: MIT
#
# library.sh PART:CORE...
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
warnings=(-Wall -Wextra -Wconversion -Wshadow -Wpedantic -Wundef -Wcast-align -Wstrict-prototypes
    -Wmissing-prototypes -Werror)
status=0
# For users are the headers whose name a C file has too, and the one that the hooks share.
for_users=(src/bootleap_hook.h) own=()
for header in src/*.h; do
    if [ -f "${header%.h}.c" ]; then
        for_users+=("$header")
    elif [ "$header" != src/bootleap_hook.h ]; then
        own+=("$header")
    fi
done

# compiles WHAT COMMAND...: it does, and says nothing.
compiles() {
    local what=$1 output
    shift
    if ! output=$("$@" 2>&1) || [ -n "$output" ]; then
        printf '%s does not compile cleanly: %s\n%s\n' "$what" "$*" "$output"
        status=1
    fi
}

for chip in "$@"; do
    part=${chip%%:*} core=${chip##*:}
    for level in -O0 -Os -O2; do
        for file in src/*.c; do
            flags=("$level" -std=c11 -mcpu="$core" -mthumb -ffreestanding -c -o /dev/null -D"$part"
                "${warnings[@]}" "$file")
            compiles "library, gcc" arm-none-eabi-gcc "${flags[@]}"
            compiles "library, clang" clang --target=arm-none-eabi "${flags[@]}"
        done
    done
    # What a user may define, all at once.
    for file in src/bootleap.c src/bootleap_probe.c src/bootleap_jump.c; do
        flags=(-Os -std=c11 -mcpu="$core" -mthumb -ffreestanding -c -o /dev/null -D"$part"
            "-DBOOTLEAP_HOLD={0x40020018u, 1u}, {0x4002001Cu, 2u}" -DBOOTLEAP_ALLOW_RDP1
            -DBOOTLEAP_SECOND_CORE_PARKS -DBOOTLEAP_ERASE_FIRST_PAGE -DBOOTLEAP_BOOT0_PIN_IS_HIGH
            -DBOOTLEAP_MARK=0x20008000u "${warnings[@]}" "$file")
        compiles "library with options, gcc" arm-none-eabi-gcc "${flags[@]}"
        compiles "library with options, clang" clang --target=arm-none-eabi "${flags[@]}"
    done
    # The library's own headers, each alone: it includes what it needs. A function may be unused here.
    for header in "${own[@]}"; do
        compiles "$header alone" arm-none-eabi-gcc -std=c11 -mcpu="$core" -mthumb -ffreestanding \
            "${warnings[@]}" -Wno-unused-function -D"$part" -fsyntax-only -include "$header" \
            src/bootleap_strerror.c
    done
done

# Those for users, which know no part: alone, C++ too, and on a host, where users may test.
for header in "${for_users[@]}"; do
    compiles "header as C" gcc -std=c11 "${warnings[@]}" -fsyntax-only -x c "$header"
    compiles "header as C++" g++ -std=c++11 -Wall -Wextra -Wpedantic -Werror -fsyntax-only -x c++ \
        "$header"
    grep -q 'extern "C"' "$header" || { echo "$header gives C++ names to C"; status=1; }
done

# An unknown part is refused, and the message says what to do.
for part in STM32X999xx NOTHING; do
    if output=$(arm-none-eabi-gcc -D"$part" -c -o /dev/null src/bootleap.c 2>&1); then
        echo "the part $part is accepted"
        status=1
    elif ! grep -q '#error "bootleap: unknown part. Define' <<<"$output"; then
        printf 'the part %s is refused, but not by the message for it:\n%s\n' "$part" "$output"
        status=1
    fi
done
exit "$status"
