// sentence_interrupts.c: says which interrupts are enabled, and what raises them.
// SPDX-License-Identifier: MIT
#include "interrupt_names.h"
#include "sentence_say.h"

enum {
    INTERRUPTS_TOLD = 4,
    SYSTICK_ON = 3, // ENABLE and TICKINT
};

static bool systick_interrupts(const struct chip *chip)
{
    return (chip->core.exceptions.systick_control & SYSTICK_ON) == SYSTICK_ON;
}

static bool is_enabled(const struct chip *chip, unsigned interrupt)
{
    unsigned number = EXCEPTION_IRQ0 + interrupt;

    return chip->core.exceptions.enabled[number / 32] >> number % 32 & 1u;
}

static void say_interrupt(const struct sentence *told, unsigned interrupt, bool first)
{
    const struct block *block = interrupt_block(told->chip, interrupt);
    char name[NAME_ROOM];

    told->where->lacks_source |= !block;
    interrupt_name(told->chip, told->image, interrupt, name);
    sentence_say(told, "%s %s%s", first ? "; enabled:" : ",", name,
                 !block                             ? ", which no modelled block raises"
                 : block->type->role == ROLE_SERIAL ? ", for what --send types"
                 : block->type->role == ROLE_EDGES  ? ", for what --press presses"
                                                    : "");
}

void sentence_say_interrupts(const struct sentence *told)
{
    struct chip *chip = told->chip;
    unsigned count = systick_interrupts(chip);

    if (told->masked) {
        sentence_say(told, "; interrupts are masked (PRIMASK)");
        return;
    }
    sentence_say(told, "%s", count ? "; enabled: SysTick" : "");
    for (unsigned i = 0; i < chip->device->interrupts; i++) {
        if (is_enabled(chip, i) && count++ < INTERRUPTS_TOLD) {
            say_interrupt(told, i, count == 1);
        }
    }
    if (count == 0) {
        sentence_say(told, "; no interrupt is enabled");
    }
}
