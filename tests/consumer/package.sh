#!/usr/bin/env bash
# package.sh: find_package(bootleap) takes the version and the parts that are there, and says what is not.
# SPDX-License-Identifier: MIT
#
# package.sh BUILD: what this folder installs. That it builds is tested by the page, docs/cmake.md.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$1" --prefix "$work/prefix" >/dev/null
mkdir "$work/c" "$work/none"
cat >"$work/c/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.23)
project(finds LANGUAGES C)
foreach(wanted "9" "0.9" "0.1;COMPONENTS;bootrom")
    set(bootleap_DIR "${FOLDER}" CACHE PATH "" FORCE) # CMake forgets it where it finds nothing
    find_package(bootleap ${wanted} QUIET)
    if(bootleap_FOUND)
        message(FATAL_ERROR "found: ${wanted}")
    endif()
endforeach()
set(bootleap_DIR "${FOLDER}" CACHE PATH "" FORCE)
find_package(bootleap 0.1 REQUIRED COMPONENTS systeminit firmware)
foreach(target firmware systeminit preinit return fix_after_rom option_bytes second_core)
    get_target_property(sources bootleap::${target} INTERFACE_SOURCES)
    foreach(source ${sources})
        if(NOT EXISTS ${source})
            message(FATAL_ERROR "${source} is not there")
        endif()
    endforeach()
endforeach()
END
cat >"$work/none/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.23)
project(finds LANGUAGES NONE)
set(bootleap_DIR "${FOLDER}")
find_package(bootleap 0.1 REQUIRED)
END
# As a toolchain file does that looks for packages in its own folders only: then bootleap_DIR says where.
configure() {
    cmake -G Ninja -S "$work/$1" -B "$work/$1/build" -DCMAKE_C_COMPILER_WORKS=1 \
        -DCMAKE_FIND_ROOT_PATH=/nowhere -DCMAKE_FIND_ROOT_PATH_MODE_PACKAGE=ONLY \
        "-DFOLDER=$work/prefix/share/cmake/bootleap" 2>&1
}
# shellcheck disable=SC2016 # for Make
sources=$(make -s -f <(printf 'include %s/share/bootleap/bootleap.mk\n$(info $(BOOTLEAP_SOURCES))\nall:\n' \
    "$work/prefix") | head -1)
# shellcheck disable=SC2086 # a list
ls $sources >/dev/null
configure c >"$work/log" || { cat "$work/log"; exit 1; }
if said=$(configure none); then
    echo "found without C" && exit 1
fi
tr -s ' \n' ' ' <<<"$said" | grep -o "its sources are C. Enable C beside your language"
