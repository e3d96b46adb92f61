#!/usr/bin/env bash
# consumer.sh: a project that adds this folder builds the library's files for its firmware, no more.
# SPDX-License-Identifier: MIT
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/main.c" <<'END'
#include "bootleap.h"

int main(void)
{
    return bootleap_on_reset() == BOOTLEAP_FROM_ROM ? 0 : bootleap_enter();
}
END

# builds FOLDER STEPS OPTION...: a project that adds FOLDER builds, in so many steps.
builds() {
    local folder=$1 steps=$2 log=$work/log
    shift 2
    cat >"$work/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.23)
project(consumer LANGUAGES C)
add_subdirectory($folder bootleap)
add_library(application OBJECT main.c)
target_compile_definitions(application PRIVATE STM32F407xx)
target_compile_options(application PRIVATE -mcpu=cortex-m4 -mthumb -ffreestanding -Os)
target_link_libraries(application PRIVATE bootleap::preinit)
END
    rm -rf "$work/build"
    if ! { cmake -S "$work" -B "$work/build" -G Ninja "$@" &&
        cmake --build "$work/build"; } >"$log" 2>&1; then
        cat "$log"
        exit 1
    fi
    grep -qE "^\[$steps/$steps\] " "$log" || {
        echo "$folder $*: not $steps steps:"
        tail -n 3 "$log"
        exit 1
    }
    echo "$folder $*: $steps steps"
}

# main.c and five files of the library; nothing of the tools, the tests, the examples.
builds "$root" 6 "-DCMAKE_TOOLCHAIN_FILE=$root/cmake/arm-gcc.cmake"
builds "$root" 6 -DCMAKE_C_COMPILER=arm-none-eabi-gcc -DCMAKE_C_COMPILER_WORKS=1
builds "$root/src" 6 "-DCMAKE_TOOLCHAIN_FILE=$root/cmake/arm-gcc.cmake"
