// own_entry.c: sees the firmware call an entry function by itself, and what came of it.
// SPDX-License-Identifier: MIT
#include "own_entry.h"

#include "contract.h"

static void add(struct own_entry *own, const struct symbol *function)
{
    for (size_t i = 0; function && i < own->count; i++) {
        if (own->functions[i] == function) {
            return;
        }
    }
    if (function) {
        own->functions[own->count++] = function;
    }
}

void own_entry_open(struct own_entry *own, const struct image *image, const char *entry)
{
    *own = (struct own_entry){0};
    if (image) {
        add(own, image_symbol(image, entry));
        add(own, image_symbol(image, "bootleap_enter"));
        add(own, image_symbol(image, "bootleap_jump"));
    }
}

static void note_call(struct own_entry *own, struct cpu *cpu, const struct symbol *function)
{
    own->calling = own->called = function;
    own->return_to = own->from = cpu_get(cpu, CPU_LR) & ~1u;
    own->stack = cpu_get(cpu, CPU_SP);
    own->reset = own->refused = false;
}

void own_entry_look(struct own_entry *own, struct cpu *cpu, uint32_t pc)
{
    if (own->calling) {
        if (pc == own->return_to && cpu_get(cpu, CPU_SP) == own->stack) {
            own->calling = NULL;
            own->refused = true;
            own->refusal = (int32_t)cpu_get(cpu, CPU_R0);
        }
        return;
    }
    for (size_t i = 0; i < own->count; i++) {
        if (pc == own->functions[i]->address) {
            note_call(own, cpu, own->functions[i]);
        }
    }
}

void own_entry_reset(struct own_entry *own, const struct chip *chip)
{
    bool software = chip->reset_kind == RESET_SOFTWARE;

    own->reset |= own->calling && software;
    own->calling = NULL;
    if (software && contract_mark_asks(chip)) {
        own->request = REQUEST_OPEN;
    }
}

void own_entry_measured(struct own_entry *own, bool pending)
{
    if (own->request == REQUEST_OPEN) {
        own->request = pending ? REQUEST_TAKEN : REQUEST_LOST;
    }
}
