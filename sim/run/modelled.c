// modelled.c: lists what the virtual chip has of this device, and what it has not.
// SPDX-License-Identifier: MIT
#include "modelled.h"

#include "not_modelled.h"
#include "system_memory.h"

// The blocks, or what of them is not modelled.
static json_t *pack_blocks(const struct run *run, bool lacks)
{
    json_t *list = json_array();
    const struct block_type *last = NULL;

    for (size_t i = 0; i < run->chip.block_count; i++) {
        const struct block *block = &run->chip.blocks[i];
        if (!lacks) {
            json_array_append_new(list, json_string(block->peripheral->name));
        } else if (block->type != last && block->type->not_modelled) {
            json_array_append_new(
                list, json_sprintf("%s: %s", block->peripheral->name, block->type->not_modelled));
        }
        last = block->type;
    }
    return list;
}

// What this application has met: bytes that nobody knows, a request that is ignored.
static void append_met(const struct chip *chip, json_t *list)
{
    const struct unknown_reads *reads = &chip->unknown_reads;

    for (size_t i = 0; i < reads->count; i++) {
        bool rom = memory_is_system(chip->device, reads->list[i].address);
        json_array_append_new(
            list, json_sprintf("read of %s at 0x%08X by PC 0x%08X: its content is not known",
                               rom ? "system memory" : "the part's own data",
                               (unsigned)reads->list[i].address, (unsigned)reads->list[i].pc));
    }
    if (chip->core.vectreset_ignored) {
        json_array_append_new(
            list,
            json_sprintf("AIRCR.VECTRESET, written by PC 0x%08X: ignored, a reset of the core "
                         "alone is not modelled",
                         (unsigned)chip->core.vectreset_pc));
    }
}

json_t *modelled_pack_lacks(const struct run *run)
{
    const char *hides;
    json_t *list = pack_blocks(run, true);

    cpu_model(run->chip.device->core, &hides);
    if (*hides) {
        json_array_append_new(list, json_sprintf("the core: %s", hides));
    }
    for (const char *const *lack = not_modelled_always; *lack; lack++) {
        json_array_append_new(list, json_string(*lack));
    }
    if (run->usb.server) {
        json_array_append_new(
            list, json_string("USB: the peripheral; what a host saw over usbip are the answers of "
                              "the ROM's stand-in, and of the one for the application's device"));
    }
    for (size_t i = 0; i < run->chip.unmodelled.count; i++) {
        const struct unmodelled_word *touch = &run->chip.unmodelled.list[i];
        if (touch->has_bits) {
            continue;
        }
        json_array_append_new(list, json_sprintf("register 0x%08X, first touched by PC 0x%08X: "
                                                 "behaves as memory",
                                                 (unsigned)touch->address, (unsigned)touch->pc));
    }
    append_met(&run->chip, list);
    return list;
}

json_t *modelled_pack(const struct run *run)
{
    return pack_blocks(run, false);
}
