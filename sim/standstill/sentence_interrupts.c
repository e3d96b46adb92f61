// sentence_interrupts.c: says which interrupts are enabled, and what raises them.
// SPDX-License-Identifier: MIT
#include "interrupt_names.h"
#include "sentence_say.h"

enum {
    INTERRUPTS_TOLD = 4,
    PIN_LINES = 16,
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

// The pin that raises it, and how: ": PC13, falling (--tie PC13=1 --press PC13=0)".
static void say_pin(const struct sentence *told, const struct block *edges, char port, unsigned pin)
{
    bool rising = edges->type->edges->looks_at(edges, pin, true);
    bool falling = edges->type->edges->looks_at(edges, pin, false);

    sentence_say(told, ": P%c%u, %s (--tie P%c%u=%u --press P%c%u=%u)", port, pin,
                 rising && falling ? "both edges"
                 : rising          ? "rising"
                                   : "falling",
                 port, pin, !rising, port, pin, rising);
}

static void say_pins(const struct sentence *told, const struct block *edges, unsigned interrupt)
{
    const char *ports = told->chip->device->exti.ports;

    sentence_say(told, ", for what --press presses");
    for (unsigned pin = 0; pin < PIN_LINES; pin++) {
        bool raises = edges->lines && edges->lines[pin] == (int)interrupt;
        for (const char *port = ports; raises && port && *port; port++) {
            if (edges->type->edges->listens(edges, *port, pin)) {
                say_pin(told, edges, *port, pin);
            }
        }
    }
}

static void say_interrupt(const struct sentence *told, unsigned interrupt, bool first)
{
    const struct block *block = interrupt_block(told->chip, interrupt);
    char name[NAME_ROOM];

    told->where->lacks_source |= !block;
    interrupt_name(told->chip, told->image, interrupt, name);
    sentence_say(told, "%s %s", first ? "; enabled:" : ",", name);
    if (!block) {
        sentence_say(told, ", which no modelled block raises");
    } else if (block->type->role == ROLE_SERIAL) {
        sentence_say(told, ", for what --send types");
    } else if (block->type->role == ROLE_EDGES) {
        say_pins(told, block, interrupt);
    }
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
