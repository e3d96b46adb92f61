// test_capstone.c: the decoder reads encodings as Capstone does, but for those of capstone_rows.c.
// SPDX-License-Identifier: MIT
//
// All encodings of 16 bits, and of each first halfword of 32 bits some hundred second ones, with
// each value of the four upper bits. What the decoder calls "other" must name each core register
// that Capstone says is written. The rows are those of Capstone 4; of another version, whose words
// may be others, one encoding in a thousand may differ without a row.
#include "capstone_rows.h"
#include "capstone_text.h"
#include "decode.h"

#include <capstone/capstone.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_OF = 4, TOLERANCE = 1000 };
enum { PLACE = 0x08000100, SECONDS = 512, MOST_SHOWN = 60, AFTER_IT = 4 };

struct bench {
    csh capstone, with_details;
    cs_insn *instruction, *details;
    unsigned long *explained; // by each row
    unsigned long read, same, others, wrong;
};

static bool disassemble(csh capstone, unsigned first, unsigned second, cs_insn *instruction)
{
    const uint8_t bytes[4] = {(uint8_t)first, (uint8_t)(first >> 8), (uint8_t)second,
                              (uint8_t)(second >> 8)};
    const uint8_t *at = bytes;
    size_t size = decode_is_wide(first) ? 4 : 2;
    uint64_t address = PLACE;

    return cs_disasm_iter(capstone, &at, &size, &address, instruction);
}

// Capstone remembers an IT: what comes next has a condition.
static void forget_it(csh capstone, cs_insn *instruction)
{
    enum { NOP = 0xBF00 };

    for (unsigned i = 0; i < AFTER_IT; i++) {
        disassemble(capstone, NOP, 0, instruction);
    }
}

static void complain(struct bench *bench, unsigned first, unsigned second, const char *own,
                     const char *other)
{
    if (bench->wrong++ < MOST_SHOWN) {
        fprintf(stderr, "%04X %04X: %s here, %s in Capstone\n", first, second, own, other);
    }
}

static unsigned register_bit(int number)
{
    if (number >= ARM_REG_R0 && number <= ARM_REG_R12) {
        return 1u << (number - ARM_REG_R0);
    }
    return number == ARM_REG_SP ? 1u << REGISTER_SP : number == ARM_REG_LR ? 1u << REGISTER_LR : 0;
}

// Core registers that it writes, but for the PC.
static unsigned written(const cs_insn *instruction)
{
    const cs_arm *arm = &instruction->detail->arm;
    unsigned registers = 0;

    for (unsigned i = 0; i < arm->op_count; i++) {
        const cs_arm_op *operand = &arm->operands[i];
        if (operand->type == ARM_OP_REG && operand->access & CS_AC_WRITE) {
            registers |= register_bit(operand->reg);
        }
        if (operand->type == ARM_OP_MEM && arm->writeback) {
            registers |= register_bit((int)operand->mem.base);
        }
    }
    return registers;
}

static void check_writes(struct bench *bench, unsigned first, unsigned second,
                         const struct instruction *instruction, const char *own)
{
    char text[CAPSTONE_TEXT];

    if (!disassemble(bench->with_details, first, second, bench->details)) {
        return;
    }
    unsigned registers = written(bench->details);
    snprintf(text, sizeof text, "registers %X written, here %X: %s %.100s", registers,
             instruction->writes, bench->details->mnemonic, bench->details->op_str);
    bench->others++;
    if (registers & ~(unsigned)instruction->writes) {
        complain(bench, first, second, own, text);
    }
}

static void compare(struct bench *bench, unsigned first, unsigned second)
{
    struct instruction instruction;
    char own[CAPSTONE_TEXT], other[CAPSTONE_TEXT] = "stops";

    decode(&instruction, PLACE, first, second);
    own_text(&instruction, own);
    if (disassemble(bench->capstone, first, second, bench->instruction)) {
        capstone_text(bench->instruction->mnemonic, bench->instruction->op_str, PLACE, other);
        if (bench->instruction->size != instruction.size) {
            complain(bench, first, second, own, "another size");
        }
    }
    if (instruction.operation == OP_IT) {
        forget_it(bench->capstone, bench->instruction);
    }
    bench->read++;
    if (instruction.operation == OP_OTHER) {
        check_writes(bench, first, second, &instruction, own);
    }
    if (strcmp(own, other) == 0) {
        bench->same++;
        return;
    }
    size_t row = capstone_row_find(first, second, own, other);
    if (row == capstone_row_count) {
        complain(bench, first, second, own, other);
        return;
    }
    bench->explained[row]++;
}

static void compare_all(struct bench *bench)
{
    for (unsigned first = 0; first <= 0xFFFF; first++) {
        uint32_t seed = first * 2654435761u + 1;
        unsigned count = decode_is_wide(first) ? SECONDS : 1;
        for (unsigned i = 0; i < count; i++) {
            seed = seed * 1664525u + 1013904223u; // D. E. Knuth, H. W. Lewis
            compare(bench, first, (i % 16) << 12 | (seed >> 16 & 0xFFF));
        }
    }
}

static bool open_one(csh *capstone, cs_insn **instruction, cs_opt_value details)
{
    cs_mode mode = CS_MODE_THUMB | CS_MODE_MCLASS | CS_MODE_V8; // as listings have it

    if (cs_open(CS_ARCH_ARM, mode, capstone) != CS_ERR_OK ||
        cs_option(*capstone, CS_OPT_DETAIL, details) != CS_ERR_OK) {
        return false;
    }
    *instruction = cs_malloc(*capstone);
    return *instruction != NULL;
}

static bool has_rows(void)
{
    int major;

    cs_version(&major, NULL);
    return major == ROWS_OF;
}

// Each row must explain something.
static unsigned count_idle(const struct bench *bench)
{
    unsigned idle = 0;

    for (size_t i = 0; i < capstone_row_count; i++) {
        if (!bench->explained[i]) {
            fprintf(stderr, "row %zu explains nothing: %s\n", i, capstone_rows[i].why);
            idle++;
        }
    }
    return idle;
}

int main(void)
{
    struct bench bench = {.explained = calloc(capstone_row_count, sizeof *bench.explained)};

    if (!bench.explained || !open_one(&bench.capstone, &bench.instruction, CS_OPT_OFF) ||
        !open_one(&bench.with_details, &bench.details, CS_OPT_ON)) {
        fprintf(stderr, "the test does not start\n");
        return 1;
    }
    compare_all(&bench);
    printf(
        "%lu encodings, %lu are the same, %lu differ by one of %zu rows, %lu writes compared, %lu "
        "wrong\n",
        bench.read, bench.same, bench.read - bench.same - bench.wrong, capstone_row_count,
        bench.others, bench.wrong);
    bool fine = has_rows() ? bench.wrong == 0 && count_idle(&bench) == 0
                           : bench.wrong < bench.read / TOLERANCE;
    cs_free(bench.instruction, 1);
    cs_free(bench.details, 1);
    cs_close(&bench.capstone);
    cs_close(&bench.with_details);
    free(bench.explained);
    return fine ? 0 : 1;
}
