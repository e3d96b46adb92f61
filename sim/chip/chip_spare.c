// chip_spare.c: keeps memories and engine of a chip for the next one of the same row.
// SPDX-License-Identifier: MIT
#include "chip_spare.h"

struct memory *chip_spare_memory(struct chip_spare *spare, const struct device *device)
{
    if (spare && spare->slug && spare->slug != device->slug) {
        chip_spare_close(spare);
    }
    return spare && spare->slug ? &spare->memory : NULL;
}

void chip_spare_give(struct chip_spare *spare, struct chip *chip)
{
    chip->core.cpu = spare->cpu;
    chip->alias_mapped = spare->alias_mapped;
    *spare = (struct chip_spare){.slug = NULL};
}

// Whether all that the engine has translated will be true of the next chip.
static bool engine_is_clean(const struct chip *chip)
{
    return chip->core.cpu && !chip->code_changed && !chip->code_was_changed && !chip->parity &&
           !chip->core.lockup && !*cpu_fault(chip->core.cpu)->what;
}

void chip_spare_take(struct chip_spare *spare, struct chip *chip)
{
    chip_spare_close(spare);
    spare->slug = chip->device->slug;
    spare->memory = chip->memory;
    spare->alias_mapped = chip->alias_mapped;
    chip->memory = (struct memory){.count = 0};
    if (engine_is_clean(chip)) {
        spare->cpu = chip->core.cpu;
        chip->core.cpu = NULL;
    }
}

void chip_spare_close(struct chip_spare *spare)
{
    cpu_free(spare->cpu);
    memory_close(&spare->memory);
    *spare = (struct chip_spare){.slug = NULL};
}
