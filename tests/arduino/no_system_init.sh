#!/usr/bin/env bash
# no_system_init.sh: start-up code without SystemInit() links with BOOTLEAP_NO_SYSTEM_INIT alone.
# SPDX-License-Identifier: MIT
#
# PlatformIO compiles all of src/ and passes library.json's flag, whatever the framework. This is
# start-up code in the shape of libopencm3's: .data, .bss, then .preinit_array.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/start.c" <<'END'
#include "bootleap_hook.h"
typedef void (*function)(void);
extern unsigned stack_top[];
extern const function preinit_start[], preinit_end[];
void reset_handler(void);
__attribute__((section(".vectors"), used)) static const void *const vectors[] = {
    stack_top, (const void *)reset_handler};
void reset_handler(void)
{
    for (const function *one = preinit_start; one < preinit_end; one++) {
        (*one)();
    }
    for (;;) {
        (void)bootleap_hooked_origin();
    }
}
END
mapfile -t flags < <(jq -r '.build.flags[]' library.json)
# compile FLAG... FILE: to an object of its name.
compile() {
    arm-none-eabi-gcc -Os -mcpu=cortex-m3 -mthumb -ffreestanding -Isrc -DSTM32F103xB "${@:1:$#-1}" \
        -c "${!#}" -o "$work/$(basename "${!#}").o"
}
link() {
    arm-none-eabi-gcc -mcpu=cortex-m3 -mthumb -nostdlib "${flags[@]}" -Ttests/matrix/firmware.ld \
        -Wl,--defsym=flash_start=0x08000000 -Wl,--defsym=stack_top=0x20005000 "$work"/*.o \
        -o "$work/image.elf" 2>&1
}
for file in "$work/start.c" src/*.c; do
    [ "$file" = src/bootleap_return.c ] || compile "$file"
done
if said=$(link); then
    echo "it links although start-up code has no SystemInit()" && exit 1
fi
grep -m 1 "undefined reference to \`SystemInit'" <<<"$said"
compile -DBOOTLEAP_NO_SYSTEM_INIT src/bootleap_systeminit.c
link
arm-none-eabi-nm "$work/image.elf" | grep -c " on_preinit$"
