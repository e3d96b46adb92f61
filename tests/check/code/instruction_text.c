// instruction_text.c: writes every field of an instruction that is not empty.
// SPDX-License-Identifier: MIT
#include "instruction_text.h"

#include "text_draft.h"

#include <stdarg.h>

static const char *const names[] = {
    [OP_NOTHING] = "NOTHING",
    [OP_OTHER] = "OTHER",
    [OP_MOV] = "MOV",
    [OP_MVN] = "MVN",
    [OP_MOVT] = "MOVT",
    [OP_ADR] = "ADR",
    [OP_ADD] = "ADD",
    [OP_SUB] = "SUB",
    [OP_RSB] = "RSB",
    [OP_ADC] = "ADC",
    [OP_SBC] = "SBC",
    [OP_AND] = "AND",
    [OP_ORR] = "ORR",
    [OP_ORN] = "ORN",
    [OP_EOR] = "EOR",
    [OP_BIC] = "BIC",
    [OP_CMP] = "CMP",
    [OP_CMN] = "CMN",
    [OP_TST] = "TST",
    [OP_TEQ] = "TEQ",
    [OP_SHIFT] = "SHIFT",
    [OP_MUL] = "MUL",
    [OP_MLA] = "MLA",
    [OP_MLS] = "MLS",
    [OP_UMULL] = "UMULL",
    [OP_UDIV] = "UDIV",
    [OP_SDIV] = "SDIV",
    [OP_CLZ] = "CLZ",
    [OP_RBIT] = "RBIT",
    [OP_REV] = "REV",
    [OP_EXTRACT] = "EXTRACT",
    [OP_INSERT] = "INSERT",
    [OP_LOAD] = "LOAD",
    [OP_STORE] = "STORE",
    [OP_LOAD_EXCLUSIVE] = "LOAD_EXCLUSIVE",
    [OP_STORE_EXCLUSIVE] = "STORE_EXCLUSIVE",
    [OP_LOAD_TWO] = "LOAD_TWO",
    [OP_STORE_TWO] = "STORE_TWO",
    [OP_LOAD_MANY] = "LOAD_MANY",
    [OP_STORE_MANY] = "STORE_MANY",
    [OP_LOAD_FLOATS] = "LOAD_FLOATS",
    [OP_STORE_FLOATS] = "STORE_FLOATS",
    [OP_STACK_FLOATS] = "STACK_FLOATS",
    [OP_B] = "B",
    [OP_CBZ] = "CBZ",
    [OP_CBNZ] = "CBNZ",
    [OP_BL] = "BL",
    [OP_BX] = "BX",
    [OP_BLX] = "BLX",
    [OP_LOOP_START] = "LOOP_START",
    [OP_LOOP_END] = "LOOP_END",
    [OP_TABLE] = "TABLE",
    [OP_IT] = "IT",
    [OP_MRS] = "MRS",
    [OP_MSR] = "MSR",
    [OP_CPS] = "CPS",
    [OP_ISB] = "ISB",
    [OP_SVC] = "SVC",
    [OP_STOPS] = "STOPS",
};

static const char *const shifts[] = {"LSL", "LSR", "ASR", "ROR"};

// Adds words where they are to be there.
static void put(const struct text_draft *line, bool is_there, const char *format, ...)
    PRINTF_FORMAT(3, 4);

static void put(const struct text_draft *line, bool is_there, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    if (is_there) {
        text_say_list(line, format, arguments);
    }
    va_end(arguments);
}

static void put_registers(const struct text_draft *line, const struct instruction *instruction)
{
    put(line, instruction->d != NO_REGISTER, " d%u", instruction->d);
    put(line, instruction->n != NO_REGISTER, " n%u", instruction->n);
    put(line, instruction->m != NO_REGISTER, " m%u", instruction->m);
    put(line, instruction->a != NO_REGISTER, " a%u", instruction->a);
}

static void put_memory(const struct text_draft *line, const struct instruction *instruction)
{
    put(line, instruction->is_literal, " literal");
    put(line, instruction->writes_back, " back");
    put(line, instruction->post, " post");
    put(line, instruction->decrements, " down");
    put(line, instruction->stores, " stores");
}

void instruction_text(const struct instruction *instruction, char text[INSTRUCTION_TEXT])
{
    struct text_draft line = {text, INSTRUCTION_TEXT};
    bool shifts_m = instruction->operation == OP_SHIFT || instruction->shift_by;

    text[0] = '\0';
    put(&line, true, "%s", names[instruction->operation]);
    put(&line, instruction->bytes, "%u", instruction->bytes);
    put(&line, instruction->condition != CONDITION_ALWAYS, " if%u", instruction->condition);
    put_registers(&line, instruction);
    put(&line, instruction->has_immediate, " %s#%X", instruction->subtracts ? "-" : "",
        (unsigned)instruction->immediate);
    put(&line, !instruction->has_immediate && instruction->immediate, " to %X",
        (unsigned)instruction->immediate);
    put(&line, shifts_m, " %s", shifts[instruction->shift]);
    put(&line, instruction->shift_by, "%u", instruction->shift_by);
    put(&line, instruction->sets_flags, " flags");
    put(&line, instruction->narrow_flags, " narrow");
    put(&line, instruction->rotated, " carry");
    put(&line, instruction->is_signed, " signed");
    put(&line, instruction->first || instruction->width, " %u+%u", instruction->first,
        instruction->width);
    put_memory(&line, instruction);
    put(&line, instruction->list, " list %X", instruction->list);
    put(&line, instruction->special, " special %u", instruction->special);
    put(&line, instruction->writes, " writes %X", instruction->writes);
}
