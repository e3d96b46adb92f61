// names.c: names of interrupts, exceptions and variables, for sentences.
// SPDX-License-Identifier: MIT
#include "names.h"

#include "image_symbols.h"

#include <stdio.h>

static bool has_line(const struct block *block, unsigned interrupt)
{
    const int16_t *lines = block->lines;

    while (lines && *lines >= 0 && *lines != (int)interrupt) {
        lines++;
    }
    return lines ? *lines >= 0 : block->peripheral->interrupt == (int)interrupt;
}

const struct block *interrupt_block(const struct chip *chip, unsigned interrupt)
{
    for (size_t i = 0; i < chip->block_count; i++) {
        if (has_line(&chip->blocks[i], interrupt)) {
            return &chip->blocks[i];
        }
    }
    return NULL;
}

// The function that handles this exception and no other one; NULL where it is a default handler.
static const struct symbol *own_handler(struct chip *chip, const struct image *image,
                                        unsigned number)
{
    uint32_t handler = exceptions_handler(&chip->core, number);

    for (unsigned other = 1; other < EXCEPTION_IRQ0 + chip->device->interrupts; other++) {
        if (other != number && exceptions_handler(&chip->core, other) == handler) {
            return NULL;
        }
    }
    return image ? image_function_at(image, handler) : NULL;
}

void name_interrupt(struct chip *chip, const struct image *image, unsigned interrupt,
                    char name[NAME_ROOM])
{
    const struct symbol *handler = own_handler(chip, image, EXCEPTION_IRQ0 + interrupt);
    const struct block *block = interrupt_block(chip, interrupt);

    if (block && !block->lines) {
        snprintf(name, NAME_ROOM, "IRQ %u (%s)", interrupt, block->peripheral->name);
    } else if (handler) {
        snprintf(name, NAME_ROOM, "IRQ %u (%.40s)", interrupt, handler->name);
    } else if (block) {
        snprintf(name, NAME_ROOM, "IRQ %u (%s)", interrupt, block->peripheral->name);
    } else {
        snprintf(name, NAME_ROOM, "IRQ %u", interrupt);
    }
}

void name_exception(struct chip *chip, const struct image *image, unsigned number,
                    char name[NAME_ROOM])
{
    static const char *const names[EXCEPTION_IRQ0] = {
        [EXCEPTION_NMI] = "NMI",
        [EXCEPTION_HARD_FAULT] = "HardFault",
        [EXCEPTION_MEM_MANAGE] = "MemManage",
        [EXCEPTION_BUS_FAULT] = "BusFault",
        [EXCEPTION_USAGE_FAULT] = "UsageFault",
        [EXCEPTION_SVC] = "SVC",
        [EXCEPTION_PENDSV] = "PendSV",
        [EXCEPTION_SYSTICK] = "SysTick",
    };

    if (number >= EXCEPTION_IRQ0) {
        name_interrupt(chip, image, number - EXCEPTION_IRQ0, name);
    } else {
        snprintf(name, NAME_ROOM, "%s", names[number] ? names[number] : "an exception");
    }
}

void name_variable(const struct image *image, uint32_t address, char name[NAME_ROOM])
{
    for (size_t i = 0; image && i < image->symbol_count; i++) {
        const struct symbol *symbol = &image->symbols[i];
        uint32_t offset = address - symbol->address;
        if (symbol->kind != SYMBOL_DATA || offset >= symbol->size) {
            continue;
        }
        if (offset) {
            snprintf(name, NAME_ROOM, "%.32s+0x%X (0x%08X)", symbol->name, (unsigned)offset,
                     (unsigned)address);
        } else {
            snprintf(name, NAME_ROOM, "%.32s (0x%08X)", symbol->name, (unsigned)address);
        }
        return;
    }
    snprintf(name, NAME_ROOM, "0x%08X", (unsigned)address);
}
