// computes.c: looks through the instructions of a function, whatever way it takes.
// SPDX-License-Identifier: MIT
#include "computes.h"

enum { MOST_INSTRUCTIONS = 512, DEEPEST = 3 };

// Instructions that were looked at, and those that wait for it.
struct look {
    uint32_t places[MOST_INSTRUCTIONS];
    unsigned count, next;
    bool *branches; // some branch has a condition
};

static bool add(struct look *look, uint32_t place)
{
    for (unsigned i = look->count; i > 0; i--) {
        if (look->places[i - 1] == place) {
            return true;
        }
    }
    if (look->count == MOST_INSTRUCTIONS) {
        return false;
    }
    look->places[look->count++] = place;
    return true;
}

static bool computes(struct walker *walker, uint32_t start, unsigned depth, bool *branches);

// Whether this instruction is of the kind, and where it leads.
// NOLINTNEXTLINE(misc-no-recursion): no deeper than DEEPEST
static bool look_at(struct walker *walker, struct look *look, const struct instruction *instruction,
                    unsigned depth)
{
    uint32_t next = instruction->address + instruction->size;

    switch (instruction->operation) {
    case OP_NOTHING:
    case OP_IT:
        return add(look, next);
    case OP_STOPS:
        return true;
    case OP_LOAD:
        return (instruction->is_literal || instruction->n == REGISTER_SP) &&
               instruction->d != REGISTER_PC && add(look, next);
    case OP_STORE:
        return instruction->n == REGISTER_SP && add(look, next);
    case OP_LOAD_MANY:
        return instruction->n == REGISTER_SP &&
               (instruction->list >> REGISTER_PC & 1 || add(look, next));
    case OP_STORE_MANY:
        return instruction->n == REGISTER_SP && add(look, next);
    case OP_B:
        *look->branches |= instruction->condition != CONDITION_ALWAYS;
        return add(look, instruction->immediate) &&
               (instruction->condition == CONDITION_ALWAYS || add(look, next));
    case OP_CBZ:
    case OP_CBNZ:
        *look->branches = true;
        return add(look, instruction->immediate) && add(look, next);
    case OP_BL:
        return depth < DEEPEST &&
               computes(walker, instruction->immediate, depth + 1, look->branches) &&
               add(look, next);
    case OP_BX:
        return instruction->m == REGISTER_LR;
    default:
        return instruction->operation >= OP_MOV && instruction->operation <= OP_INSERT &&
               add(look, next);
    }
}

// NOLINTNEXTLINE(misc-no-recursion, readability-non-const-parameter): look_at() goes DEEPEST deep
static bool computes(struct walker *walker, uint32_t start, unsigned depth, bool *branches)
{
    struct look look = {.count = 0, .branches = branches};

    add(&look, start);
    for (look.next = 0; look.next < look.count; look.next++) {
        const struct instruction *instruction =
            firmware_instruction(walker->firmware, look.places[look.next]);
        if (!instruction || !look_at(walker, &look, instruction, depth)) {
            return false;
        }
    }
    return true;
}

bool computes_only(struct walker *walker, uint32_t start)
{
    struct known_function *known = &walker->known[start / 2 % KNOWN_FUNCTIONS];
    bool branches = false;

    if (known->start != start) {
        *known = (struct known_function){start, computes(walker, start, 0, &branches)};
        known->only_computes &= branches;
    }
    return known->only_computes;
}
