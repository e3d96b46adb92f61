// interrupt_names.c: finds the name of an interrupt, by its peripheral or handler; of exceptions.
// SPDX-License-Identifier: MIT
#include "interrupt_names.h"

#include "block.h"
#include "exceptions.h"
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
    return interrupt_block_next(chip, interrupt, NULL);
}

const struct block *interrupt_block_next(const struct chip *chip, unsigned interrupt,
                                         const struct block *after)
{
    for (size_t i = after ? (size_t)(after - chip->blocks) + 1 : 0; i < chip->block_count; i++) {
        if (has_line(&chip->blocks[i], interrupt)) {
            return &chip->blocks[i];
        }
    }
    return NULL;
}

// The function that handles this exception and no other one; NULL where it is a default handler.
static const struct symbol *own_handler(const struct chip *chip, const struct image *image,
                                        unsigned number)
{
    uint32_t handler = exceptions_handler(&chip->core, number);

    for (unsigned other = 1; other < EXCEPTION_IRQ0 + chip->device->interrupts; other++) {
        if (other != number && exceptions_handler(&chip->core, other) == handler) {
            return NULL;
        }
    }
    return image_function_at(image, handler);
}

void interrupt_name(const struct chip *chip, const struct image *image, unsigned interrupt,
                    char name[REGISTER_NAME_ROOM])
{
    const struct symbol *handler =
        image ? own_handler(chip, image, EXCEPTION_IRQ0 + interrupt) : NULL;
    const struct block *block = interrupt_block(chip, interrupt);

    if (block && !block->lines) {
        snprintf(name, REGISTER_NAME_ROOM, "interrupt %u (%s)", interrupt, block->peripheral->name);
    } else if (handler) {
        snprintf(name, REGISTER_NAME_ROOM, "interrupt %u (%.40s)", interrupt, handler->name);
    } else if (block) {
        snprintf(name, REGISTER_NAME_ROOM, "interrupt %u (%s)", interrupt, block->peripheral->name);
    } else {
        snprintf(name, REGISTER_NAME_ROOM, "interrupt %u", interrupt);
    }
}

void exception_name(const struct chip *chip, const struct image *image, unsigned number,
                    char name[REGISTER_NAME_ROOM])
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
        interrupt_name(chip, image, number - EXCEPTION_IRQ0, name);
    } else {
        snprintf(name, REGISTER_NAME_ROOM, "%s", names[number] ? names[number] : "an exception");
    }
}
