// reach.c: follows the control flow of a program without values.
// SPDX-License-Identifier: MIT
#include "reach.h"

#include "execute.h"
#include "pointed.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 1024 };

static size_t slot_of(const struct reach *reach, uint32_t address)
{
    size_t slot = (address * 2654435761u >> 7) & (reach->slots - 1);

    while (reach->table[slot] && reach->addresses[reach->table[slot] - 1] != address) {
        slot = (slot + 1) & (reach->slots - 1);
    }
    return slot;
}

static bool grow(struct reach *reach)
{
    size_t room = reach->room ? 2 * reach->room : FIRST_SLOTS / 2;
    uint32_t *addresses = realloc(reach->addresses, room * sizeof *addresses);

    if (!addresses) {
        return false;
    }
    reach->addresses = addresses;
    reach->room = room;
    free(reach->table);
    reach->slots = 2 * room;
    reach->table = calloc(reach->slots, sizeof *reach->table);
    if (!reach->table) {
        return false;
    }
    for (size_t i = 0; i < reach->count; i++) {
        reach->table[slot_of(reach, addresses[i])] = (uint32_t)(i + 1);
    }
    return true;
}

bool reach_add(struct reach *reach, uint32_t address)
{
    if (reach->count == reach->room && !grow(reach)) {
        return false;
    }
    size_t slot = slot_of(reach, address);

    if (!reach->table[slot]) {
        reach->addresses[reach->count++] = address;
        reach->table[slot] = (uint32_t)reach->count;
    }
    return true;
}

bool reach_has(const struct reach *reach, uint32_t address)
{
    return reach->everything || (reach->slots && reach->table[slot_of(reach, address)]);
}

void reach_close(struct reach *reach)
{
    free(reach->addresses);
    free(reach->table);
    *reach = (struct reach){.addresses = NULL};
}

// A table of TBB or TBH behind the instruction: up to the first place that is branched to.
static bool add_table(struct reach *reach, const struct firmware *firmware,
                      const struct instruction *instruction)
{
    bool adds = instruction->operation == OP_ADD_PC;
    uint32_t from = instruction->address + 4, end = UINT32_MAX, entry;
    uint32_t table = adds ? instruction->address + 2 : from;
    unsigned bytes =
        adds ? execute_bytes_behind_add(firmware, instruction->address) : instruction->bytes;

    if (!bytes || (!adds && instruction->n != REGISTER_PC)) {
        reach->everything = true;
        return true;
    }
    for (uint32_t at = table; at < end; at += bytes) {
        if (!code_map_constant(&firmware->map, at, bytes, &entry)) {
            return true;
        }
        uint32_t target = from + 2 * entry;
        if (!reach_add(reach, target)) {
            return false;
        }
        end = target >= table && target < end ? target : end;
    }
    return true;
}

static bool add_address(void *context, uint32_t address)
{
    return reach_add(context, address);
}

// Whether it goes on by a table of addresses of its function.
static bool goes_within(const struct instruction *instruction)
{
    return (instruction->operation == OP_BX && instruction->moves_pc) ||
           (instruction->operation == OP_LOAD && instruction->d == REGISTER_PC &&
            instruction->n != REGISTER_SP && !instruction->is_literal);
}

static bool add_within(struct reach *reach, const struct firmware *firmware, uint32_t address)
{
    uint32_t start, end = address, next;

    if (!firmware_function(firmware, address, &start)) {
        reach->everything = true;
        return true;
    }
    while (firmware_function(firmware, end, &next) && next == start &&
           code_map_is_code(&firmware->map, end)) {
        end += 2;
    }
    return pointed_within(firmware, start, end, add_address, reach);
}

// Whether it goes where no number in it tells.
static bool goes_by_register(const struct instruction *instruction)
{
    switch (instruction->operation) {
    case OP_BLX:
        return true;
    case OP_BX:
        return instruction->m != REGISTER_LR && !instruction->moves_pc;
    case OP_LOAD:
        return instruction->d == REGISTER_PC && instruction->n != REGISTER_SP;
    default:
        return false;
    }
}

// Whether nothing comes behind it.
static bool ends(const struct instruction *instruction)
{
    switch (instruction->operation) {
    case OP_STOPS:
    case OP_BX:
    case OP_TABLE:
    case OP_ADD_PC:
        return true;
    case OP_B:
        return instruction->condition == CONDITION_ALWAYS;
    case OP_LOAD:
        return instruction->d == REGISTER_PC;
    case OP_LOAD_MANY:
        return instruction->list >> REGISTER_PC & 1;
    default:
        return false;
    }
}

// A jump through another register may be the last call of the function.
static bool is_return(const struct instruction *instruction)
{
    switch (instruction->operation) {
    case OP_BX:
        return !instruction->moves_pc;
    case OP_LOAD:
        return instruction->d == REGISTER_PC && !goes_within(instruction);
    case OP_LOAD_MANY:
        return instruction->list >> REGISTER_PC & 1;
    default:
        return false;
    }
}

static bool has_target(const struct instruction *instruction)
{
    switch (instruction->operation) {
    case OP_B:
    case OP_CBZ:
    case OP_CBNZ:
    case OP_BL:
    case OP_LOOP_START:
    case OP_LOOP_END:
        return true;
    default:
        return false;
    }
}

// Whether it computes where the function returns to, as libgcc's switch on Armv6-M does: ADD LR,
// Rm, a POP, and BX LR.
static bool moves_return(const struct firmware *firmware, const struct instruction *instruction)
{
    const struct instruction *next = instruction;

    if (instruction->operation != OP_ADD || instruction->d != REGISTER_LR) {
        return false;
    }
    for (unsigned i = 0; i < 2 && next; i++) {
        next = firmware_instruction(firmware, next->address + next->size);
        if (next && next->operation == OP_BX && next->m == REGISTER_LR) {
            return true;
        }
    }
    return false;
}

// A function whose address is loaded may be called.
static bool add_literal(struct reach *reach, const struct firmware *firmware,
                        const struct instruction *instruction)
{
    uint32_t word, start;

    return !code_map_constant(&firmware->map, instruction->immediate, 4, &word) || !(word & 1) ||
           !firmware_function(firmware, word - 1, &start) || start != word - 1 ||
           reach_add(reach, start);
}

// In an IT block also what comes behind an instruction that ends.
static bool add_behind(struct reach *reach, const struct firmware *firmware,
                       const struct instruction *instruction, bool conditional)
{
    uint32_t next = instruction->address + instruction->size;

    reach->everything |= moves_return(firmware, instruction);
    bool has_table = instruction->operation == OP_TABLE || instruction->operation == OP_ADD_PC;

    if ((has_table && !add_table(reach, firmware, instruction)) ||
        (goes_within(instruction) && !add_within(reach, firmware, instruction->address))) {
        return false;
    }
    bool skipped = reach->skips_calls && instruction->operation == OP_BL;

    reach->returns |= is_return(instruction);
    if (has_target(instruction) && !skipped && !reach_add(reach, instruction->immediate)) {
        return false;
    }
    if (instruction->operation == OP_LOAD && instruction->is_literal && !reach->skips_calls &&
        !add_literal(reach, firmware, instruction)) {
        return false;
    }
    return (ends(instruction) && !conditional) || reach_add(reach, next);
}

// Whether an IT stands up to four instructions before it.
static bool may_be_conditional(const struct firmware *firmware, uint32_t address)
{
    for (uint32_t back = 2; back <= 14; back += 2) {
        const struct instruction *it = firmware_instruction(firmware, address - back);
        if (it && it->operation == OP_IT) {
            return true;
        }
    }
    return false;
}

bool reach_run(struct reach *reach, const struct firmware *firmware)
{
    bool by_register = false;

    for (size_t i = 0; i < reach->count && !reach->everything; i++) {
        uint32_t address = reach->addresses[i];
        const struct instruction *instruction = firmware_instruction(firmware, address);
        if (!instruction) {
            continue;
        }
        bool conditional = ends(instruction) && may_be_conditional(firmware, address);
        if (!add_behind(reach, firmware, instruction, conditional)) {
            return false;
        }
        if (goes_by_register(instruction) && !by_register && !reach->skips_calls) {
            by_register = true;
            if (!pointed_each(firmware, add_address, reach)) {
                return false;
            }
        }
    }
    return true;
}

bool reach_return(const struct firmware *firmware, uint32_t from, bool *returns)
{
    struct reach reach = {.skips_calls = true};
    bool fine = reach_add(&reach, from) && reach_run(&reach, firmware);

    *returns = reach.returns || reach.everything;
    reach_close(&reach);
    return fine;
}
