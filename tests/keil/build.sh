#!/usr/bin/env bash
# build.sh: Objects/project.axf of the files that docs/keil.md lists, as armclang and armlink would.
# SPDX-License-Identifier: MIT
#
# Runs in the project's folder, beside ../bootleap. In place of armclang it is Debian's clang; armlink's
# $Sub$$ and $Super$$ are names that objcopy exchanges.
# shellcheck disable=SC2016 # $ and ` are what they are here
set -euo pipefail
library=../bootleap/src
mapfile -t files < <(sed -n 's/^| `\(bootleap[a-z_]*\.c\)` |.*/\1/p' ../bootleap/docs/keil.md)
warnings=(-Wall -Wextra -Wconversion -Wshadow -Wpedantic -Wundef -Werror)
[ "${#files[@]}" = 5 ]
mkdir -p Objects

# compile STANDARD CORE PART FILE...: with what a project of MDK has besides.
compile() {
    local core=$2 part=$3 standard=$1 file
    shift 3
    for file; do
        clang --target=arm-arm-none-eabi "-mcpu=$core" "-std=$standard" -Os -c -D__ARMCC_VERSION=6210000 \
            "-D$part" -I. "-I$library" -ffunction-sections -funsigned-char -fshort-enums -fshort-wchar \
            -ffreestanding -gdwarf-4 "${warnings[@]}" "$file" -o "Objects/$(basename "$file").o"
    done
}

# Each language and each architecture.
for way in gnu99:cortex-m0:STM32F072xB c99:cortex-m3:STM32F103xB gnu11:cortex-m7:STM32H743xx \
    c11:cortex-m33:STM32U575xx; do
    IFS=: read -r standard core part <<<"$way"
    compile "$standard" "$core" "$part" "${files[@]/#/$library/}"
done

compile c99 cortex-m4 STM32F407xx "${files[@]/#/$library/}" main.c
compile gnu11 cortex-m4 STM32F407xx startup.c system.c
hook=Objects/bootleap_keil.c.o
arm-none-eabi-nm "$hook" | grep -F ' T $Sub$$SystemInit'
arm-none-eabi-nm "$hook" | grep -F ' U $Super$$SystemInit'
arm-none-eabi-readelf -SW "$hook" | grep -E ' \.noinit +NOBITS +[0-9a-f]+ [0-9a-f]+ 000008 '
arm-none-eabi-objcopy --redefine-sym 'SystemInit=$Sub$$SystemInit' Objects/startup.c.o
arm-none-eabi-objcopy --redefine-sym '$Super$$SystemInit=SystemInit' "$hook"
ld.lld --gc-sections -Tapplication.ld Objects/*.o -o Objects/project.axf

# The scatter file is whole: each region of RAM begins where the one before ends.
diff <(grep -oE 'RW_\w+ 0x\w+ (UNINIT )?0x\w+' project.sct) - <<'END'
RW_BOOTLEAP 0x20000000 UNINIT 0x00000008
RW_IRAM1 0x20000008 0x0001FFF8
END
