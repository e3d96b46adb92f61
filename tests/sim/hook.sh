#!/usr/bin/env bash
# hook.sh: a linked ELF has its hook where start-up code finds it, or has none.
# SPDX-License-Identifier: MIT
#
# hook.sh ELF HOOK: preinit, systeminit, or archive (from which the linker leaves it out)
set -euo pipefail
elf=$1 hook=$2

# The words of .preinit_array, as nm prints addresses; nothing if there is no such section.
words=$(arm-none-eabi-objdump -s -j .preinit_array "$elf" 2>/dev/null |
    awk '/^ [0-9a-f]+ /{for (i = 2; i <= 5; i++) if (length($i) == 8 && $i ~ /^[0-9a-f]+$/)
        print substr($i, 7, 2) substr($i, 5, 2) substr($i, 3, 2) substr($i, 1, 2)}')
calls=$(arm-none-eabi-objdump -d --no-show-raw-insn "$elf" |
    awk '/^[0-9a-f]+ <.*>:$/{inside = $2 == "<reset_handler>:"} inside && /\tbl/{print $NF}')
printf '%s: .preinit_array [%s], reset_handler calls [%s]\n' "$(basename "$elf")" \
    "${words//$'\n'/ }" "${calls//$'\n'/ }"

case $hook in
preinit)
    address=$(arm-none-eabi-nm "$elf" | awk '$3 == "on_preinit"{print $1}')
    printf -v thumb '%08x' $((0x$address | 1))
    grep -q "^$thumb$" <<<"$words"
    ;;
systeminit)
    [ "$(head -n 1 <<<"$calls")" = "<__wrap_SystemInit>" ]
    ;;
archive)
    [ -z "$words" ]
    ! arm-none-eabi-nm "$elf" | grep -q on_preinit
    ;;
esac
