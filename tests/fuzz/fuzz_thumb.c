// fuzz_thumb.c: reads any bytes as instructions, and checks a program that is made of them.
// SPDX-License-Identifier: MIT
//
// The first byte is the row of the table from 1 on, or 0 for none; the rest is what the reset runs.
#include "decode.h"
#include "fuzz.h"
#include "fuzz_report.h"

#include <stdlib.h>
#include <string.h>

enum { ELF_HEADER = 52, PROGRAM_HEADER = 32, VECTORS = 64, BEFORE = ELF_HEADER + PROGRAM_HEADER };
enum { FLASH = 0x08000000, STACK = 0x20001000, MOST_CODE = 4096 };

static void put_word(uint8_t *at, uint32_t word)
{
    for (unsigned i = 0; i < 4; i++) {
        at[i] = (uint8_t)(word >> 8 * i);
    }
}

static bool is_register(unsigned number)
{
    return number <= REGISTER_PC || number == NO_REGISTER;
}

// What the walk relies on.
static void check_instruction(const uint8_t *bytes)
{
    unsigned first = bytes[0] | (unsigned)bytes[1] << 8,
             second = bytes[2] | (unsigned)bytes[3] << 8;
    struct instruction instruction;

    decode(&instruction, FLASH, first, second);
    if (!is_register(instruction.d) || !is_register(instruction.n) || !is_register(instruction.m) ||
        !is_register(instruction.a) || instruction.operation > OP_STOPS ||
        instruction.condition > CONDITION_ALWAYS || instruction.first + instruction.width > 32 ||
        instruction.shift_by > 32 || instruction.size != (decode_is_wide(first) ? 4 : 2)) {
        abort();
    }
}

// An executable of one segment, without sections.
static size_t write_elf(uint8_t *file, const uint8_t *code, size_t size)
{
    static const uint8_t head[] = {0x7F, 'E', 'L', 'F', 1, 1, 1};
    uint32_t loaded = VECTORS + (uint32_t)size;
    const uint32_t header[] = {2 | 40u << 16,
                               1,
                               FLASH + VECTORS + 1,
                               ELF_HEADER,
                               0,
                               0x05000200,
                               ELF_HEADER | PROGRAM_HEADER << 16,
                               1,
                               0};
    const uint32_t program[] = {1, BEFORE, FLASH, FLASH, loaded, loaded, 5, 4};

    memset(file, 0, BEFORE + VECTORS);
    memcpy(file, head, sizeof head);
    for (unsigned i = 0; i < sizeof header / sizeof *header; i++) {
        put_word(file + 16 + 4 * i, header[i]);
    }
    for (unsigned i = 0; i < sizeof program / sizeof *program; i++) {
        put_word(file + ELF_HEADER + 4 * i, program[i]);
    }
    put_word(file + BEFORE, STACK);
    put_word(file + BEFORE + 4, FLASH + VECTORS + 1);
    memcpy(file + BEFORE + VECTORS, code, size);
    return BEFORE + loaded;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static uint8_t file[BEFORE + VECTORS + MOST_CODE];

    if (size < 1) {
        return 0;
    }
    const uint8_t *code = bytes + 1;
    size_t count = size - 1 < MOST_CODE ? size - 1 : MOST_CODE;
    for (size_t i = 0; i + 4 <= count; i += 2) {
        check_instruction(code + i);
    }
    size_t used = write_elf(file, code, count);
    fuzz_report(file, used, bytes[0] ? &devices[(bytes[0] - 1u) % device_count] : NULL);
    return 0;
}
