// start_up_vectors.c: looks for VTOR and MEM_MODE before the first interrupt that is enabled.
// SPDX-License-Identifier: MIT
//
// Registers: Armv7-M ARM (DDI 0403E.e), B3.2.5 (VTOR), B3.3.3 (SYST_CSR), B3.4.4 (NVIC_ISER).
#include "start_up_vectors.h"

static const uint32_t SYST_CSR = 0xE000E010, NVIC_ISER = 0xE000E100, VTOR = 0xE000ED08;

enum { ENABLE_AND_TICKINT = 3 };

// Bits that nobody knows were read from the register, and are off in start-up code.
static bool enables(const struct event *event)
{
    if (event->kind != EVENT_STORE) {
        return false;
    }
    if (event->address == SYST_CSR) {
        return (event->value.bits & ENABLE_AND_TICKINT) == ENABLE_AND_TICKINT;
    }
    return event->address - NVIC_ISER < 4 * NVIC_WORDS &&
           (event->value.bits || !value_is_number(&event->value));
}

// A table of the program: where it was built for, where other code of it is, or a copy in RAM.
static bool is_own_table(const struct walk *walk, const struct value *value)
{
    if (!value_is_number(value)) {
        return true; // it was written on purpose
    }
    return value->bits && (value->bits == walk->firmware->vectors || address_is_ram(value->bits) ||
                           code_map_bytes(&walk->firmware->map, value->bits, 4));
}

static bool selects_flash(const struct walk_chip *chip, const struct value *value)
{
    return (value->known & chip->remap_mask) != chip->remap_mask ||
           (value->bits & chip->remap_mask) != chip->remap_system_memory;
}

static const struct event *last_store(const struct event *events, uint32_t address)
{
    for (const struct event *event = events; event; event = event->before) {
        if (event->kind == EVENT_STORE && event->address == address) {
            return event;
        }
    }
    return NULL;
}

static bool is_first(const struct event *event)
{
    for (const struct event *earlier = event->before; earlier; earlier = earlier->before) {
        if (enables(earlier)) {
            return false;
        }
    }
    return true;
}

void start_up_vectors_event(struct start_up_vectors *vectors, const struct walk *walk,
                            const struct event *event)
{
    if (!enables(event) || !is_first(event)) {
        return;
    }
    const struct event *table = last_store(event, VTOR);

    if (table && is_own_table(walk, &table->value)) {
        vectors->set++;
    } else {
        vectors->missing++;
        vectors->pc = event->pc;
    }
    if (walk->chip.remap_register) {
        const struct event *remap = last_store(event, walk->chip.remap_register);
        if (remap && selects_flash(&walk->chip, &remap->value)) {
            vectors->back++;
        } else {
            vectors->away++;
            vectors->remap_pc = event->pc;
        }
    }
}
