// names.c: names of exceptions and variables, for sentences.
// SPDX-License-Identifier: MIT
#include "names.h"

#include "interrupt_names.h"

#include <stdio.h>

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
        interrupt_name(chip, image, number - EXCEPTION_IRQ0, name);
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
