// instruction_list.c: collects instructions that have one meaning.
// SPDX-License-Identifier: MIT
#include "instruction_list.h"

#include "chance.h"
#include "decode.h"
#include "firmware.h"

#include <stdio.h>
#include <stdlib.h>

enum { NOP = 0xBF00 };

// Whether it moves numbers, and not the core.
static bool moves_numbers(const struct instruction *instruction)
{
    switch (instruction->operation) {
    case OP_NOTHING:
    case OP_STORE_EXCLUSIVE: // it needs a load before it
    case OP_LOOP_START:      // this core has none
    case OP_LOOP_END:
    case OP_TABLE:
        return false;
    default:
        return instruction->operation < OP_IT;
    }
}

static bool is_pair_clear(const struct instruction *instruction)
{
    uint8_t n = instruction->n;
    bool bad = instruction->d >= REGISTER_SP || instruction->a >= REGISTER_SP ||
               (instruction->operation == OP_LOAD_TWO && instruction->d == instruction->a);

    return !bad && !(instruction->writes_back && (n == instruction->d || n == instruction->a));
}

static bool is_list_clear(const struct instruction *instruction)
{
    unsigned list = instruction->list;
    bool one = (list & (list - 1)) == 0, base = list >> instruction->n & 1;

    if (list & 1u << REGISTER_SP || (list >> REGISTER_LR) == 3) {
        return false;
    }
    return !(instruction->size == 4 && one) && !(instruction->writes_back && base) &&
           instruction->n != REGISTER_PC;
}

static bool is_access_clear(const struct instruction *instruction)
{
    bool word = instruction->bytes == 4;

    if (instruction->writes_back && instruction->n == instruction->d) {
        return false;
    }
    return (instruction->d != REGISTER_SP || word) &&
           (instruction->d != REGISTER_PC || (word && instruction->operation == OP_LOAD)) &&
           (instruction->m < REGISTER_SP || instruction->m == NO_REGISTER);
}

// Whether a register is SP or the PC where 32-bit encodings have neither.
static bool is_wide_clear(const struct instruction *instruction)
{
    bool counts = instruction->operation >= OP_CLZ && instruction->operation <= OP_REV;
    bool moves_sp = instruction->operation == OP_ADD || instruction->operation == OP_SUB ||
                    instruction->operation == OP_CMP || instruction->operation == OP_CMN;
    unsigned most = moves_sp ? REGISTER_SP : REGISTER_LR;
    bool n = instruction->n == NO_REGISTER ||
             (instruction->n <= most && (moves_sp || instruction->n != REGISTER_SP));

    return n &&
           (instruction->d < REGISTER_SP || instruction->d == REGISTER_LR ||
            instruction->d == NO_REGISTER) &&
           (instruction->m < REGISTER_SP || instruction->m == REGISTER_LR ||
            instruction->m == NO_REGISTER) &&
           (!counts || instruction->n == instruction->m) &&
           !(instruction->operation == OP_UMULL &&
             (instruction->d == instruction->a || instruction->a >= REGISTER_SP)) &&
           !(instruction->operation >= OP_MLA && instruction->operation <= OP_MLS &&
             instruction->a == REGISTER_SP);
}

// Whether the architecture says what it does: it is not UNPREDICTABLE.
static bool is_clear(const struct instruction *instruction)
{
    switch (instruction->operation) {
    case OP_LOAD_MANY:
    case OP_STORE_MANY:
        return is_list_clear(instruction);
    case OP_LOAD_TWO:
    case OP_STORE_TWO:
        return is_pair_clear(instruction);
    case OP_LOAD:
    case OP_STORE:
    case OP_LOAD_EXCLUSIVE:
        return is_access_clear(instruction);
    case OP_BX:
    case OP_BLX:
        return instruction->m < REGISTER_SP || instruction->m == REGISTER_LR;
    case OP_CMP:
    case OP_ADD:
        if (instruction->size == 2) {
            return instruction->n != REGISTER_PC && instruction->d != REGISTER_PC &&
                   instruction->m != REGISTER_PC;
        }
        break;
    default:
        break;
    }
    return instruction->size == 2 || is_wide_clear(instruction) ||
           (instruction->operation >= OP_B && instruction->operation <= OP_BLX);
}

// A walk leaves a loop without end.
static bool is_endless(const struct instruction *instruction)
{
    return instruction->operation == OP_B && instruction->immediate == instruction->address;
}

// This core has no coprocessor but the FPU, which is the 10th and the 11th.
static bool is_missing(unsigned first, unsigned second)
{
    return first >= 0xEC00 && (first & 0xC00) == 0xC00 && (second & 0xE00) != 0xA00;
}

static void add(struct instruction_list *list, unsigned first, unsigned second)
{
    struct instruction instruction;

    decode(&instruction, 0x08000000, first, second);
    if (is_missing(first, second)) {
        return;
    }
    if (list->count < INSTRUCTION_LIST && moves_numbers(&instruction) && is_clear(&instruction) &&
        !is_endless(&instruction)) {
        list->codes[list->count++] =
            (uint32_t)first << 16 | (instruction.size == 4 ? second : (unsigned)NOP);
    }
}

static void add_region(struct instruction_list *list, const struct code_region *region)
{
    uint32_t size;

    for (uint32_t at = 0; at + 4 <= region->size; at += size) {
        const uint8_t *bytes = region->bytes + at;
        unsigned first = bytes[0] | (unsigned)bytes[1] << 8;
        add(list, first, bytes[2] | (unsigned)bytes[3] << 8);
        size = decode_is_wide(first) ? 4 : 2;
    }
}

void instruction_list_add_elf(struct instruction_list *list, const char *path)
{
    struct firmware firmware;
    struct problem problem;

    if (firmware_open(&firmware, path, &problem)) {
        fprintf(stderr, "%s\n", problem.what);
        exit(1);
    }
    for (size_t i = 0; i < firmware.map.count; i++) {
        if (firmware.map.regions[i].executable) {
            add_region(list, &firmware.map.regions[i]);
        }
    }
    firmware_close(&firmware);
    instruction_list_sort(list);
}

void instruction_list_add_any(struct instruction_list *list, unsigned tries)
{
    uint32_t seed = 1;

    for (unsigned i = 0; i < tries; i++) {
        uint32_t number = chance(&seed);
        bool wide = i % 4;
        add(list, wide ? 0xE800 + (number >> 16) % 0x1800 : number >> 16, number & 0xFFFF);
    }
    instruction_list_sort(list);
}

static int compare(const void *a, const void *b)
{
    const uint32_t *one = a, *other = b;

    return (*one > *other) - (*one < *other);
}

void instruction_list_sort(struct instruction_list *list)
{
    size_t kept = 0;

    qsort(list->codes, list->count, sizeof *list->codes, compare);
    for (size_t i = 0; i < list->count; i++) {
        if (kept == 0 || list->codes[kept - 1] != list->codes[i]) {
            list->codes[kept++] = list->codes[i];
        }
    }
    list->count = kept;
}
