// call_site.c: looks for return addresses on a stack.
// SPDX-License-Identifier: MIT
#include "call_site.h"

#include "thumb.h"

#include <string.h>

enum { DEEPEST = 1024 }; // bytes of the stack that are looked at

struct call_site call_site_now(const struct chip *chip)
{
    struct cpu *cpu = chip->core.cpu;

    return (struct call_site){
        .pc = cpu_get(cpu, CPU_PC) & ~1u, .sp = cpu_get(cpu, CPU_SP), .lr = cpu_get(cpu, CPU_LR)};
}

// How far the stack reaches from SP on.
static uint32_t stack_size(const struct device *device, uint32_t sp)
{
    for (const struct ram *ram = device->rams; ram->region.size; ram++) {
        uint32_t offset = sp - ram->region.start;
        if (offset < ram->region.size) {
            uint32_t left = (ram->region.size - offset) & ~3u;
            return left < DEEPEST ? left : DEEPEST;
        }
    }
    return 0;
}

// Whether a function can have been called from before this address.
static bool is_behind_call(const struct device *device, const uint8_t *flash, uint32_t value)
{
    uint32_t offset, target;
    uint16_t code[2];

    if (!(value & 1u)) {
        return false;
    }
    offset = chip_flash_place(device, value & ~1u) - device->flash.start;
    if (offset >= device->flash.size || offset < sizeof code) {
        return false;
    }
    memcpy(code, flash + offset - sizeof code, sizeof code);
    return thumb_call_before(value, code[0], code[1], &target) != THUMB_NO_CALL;
}

const uint8_t *call_site_look(const struct chip *chip, struct call_site *site)
{
    const struct device *device = chip->device;
    const uint8_t *code = memory_at(&chip->memory, device->flash.start, device->flash.size);
    uint32_t size = stack_size(device, site->sp);
    const uint8_t *stack = site->sp % 4 ? NULL : memory_ram_at(&chip->memory, site->sp, size);

    site->words_used = 0;
    for (uint32_t i = 0; stack && code && i < size && site->words_used < CALL_SITE_WORDS; i += 4) {
        uint32_t value;
        memcpy(&value, stack + i, sizeof value);
        if (is_behind_call(device, code, value)) {
            site->words[site->words_used++] = (struct call_site_word){value, i};
        }
    }
    return stack;
}
