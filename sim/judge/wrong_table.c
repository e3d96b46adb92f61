// wrong_table.c: tells a jump by what is no vector table of this ROM, once the core has faulted.
// SPDX-License-Identifier: MIT
#include "wrong_table.h"

const char *wrong_table_owner(uint32_t table, unsigned *more)
{
    const char *owner = NULL;

    *more = 0;
    for (size_t i = 0; i < device_count; i++) {
        if (table && devices[i].rom_vector == table) {
            *more += owner != NULL;
            owner = owner ? owner : devices[i].name;
        }
    }
    return owner;
}

static bool has_owner(uint32_t table)
{
    unsigned more;

    return wrong_table_owner(table, &more) != NULL;
}

// It has read a word that nobody knows, and gone to what the word holds. The stack comes before the
// start, in the table and in most programs: of two words that hold the same the later one is meant.
static uint32_t table_of_start(const struct chip *chip, uint32_t pc)
{
    const struct unknown_reads *reads = &chip->unknown_reads;
    uint32_t table = 0;

    for (size_t i = 0; i < reads->count; i++) {
        uint32_t word1 = reads->list[i].address, start = 0;
        if (word1 % 4 == 0 && cpu_load(chip->core.cpu, word1, &start, sizeof start) &&
            (start & ~1u) == (pc & ~1u) && !has_owner(table)) {
            table = word1 - 4;
        }
    }
    return table;
}

uint32_t wrong_table_find(const struct chip *chip)
{
    const struct cpu_fault *fault = cpu_fault(chip->core.cpu);
    uint32_t table = table_of_start(chip, fault->pc);

    for (uint32_t word = 0; !table && word <= 4; word += 4) { // or there is nothing to read
        uint32_t address = fault->address - word;
        table = address != chip->device->rom_vector && has_owner(address) ? address : 0;
    }
    return table;
}
