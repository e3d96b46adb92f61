// table_in_ram.c: the table is handed over in a struct in RAM. That is right, and must stay so.
// SPDX-License-Identifier: MIT
#include "start.h"

struct loader {
    uint32_t kind;
    uint32_t table;
};

static volatile struct loader loader;

SEPARATE void choose(void)
{
    loader.kind = 1;
    loader.table = CHIP_ROM;
}

SEPARATE void leave(void)
{
    if (loader.kind == 1) {
        jump_in_assembly(loader.table);
    }
}

void application(void)
{
    select_rom_vectors();
    choose();
    leave();
}
