// own_text.c: what this project's decoder says of an instruction, in the words of capstone_text.h.
// SPDX-License-Identifier: MIT
#include "capstone_text.h"
#include "text_draft.h"

// Of those that compute: the result, two operands.
static const char *const names[] = {
    [OP_MOV] = "mov",         [OP_MVN] = "mvn",     [OP_MOVT] = "movt", [OP_ADD] = "add",
    [OP_SUB] = "sub",         [OP_RSB] = "rsb",     [OP_ADC] = "adc",   [OP_SBC] = "sbc",
    [OP_AND] = "and",         [OP_ORR] = "orr",     [OP_ORN] = "orn",   [OP_EOR] = "eor",
    [OP_BIC] = "bic",         [OP_CMP] = "cmp",     [OP_CMN] = "cmn",   [OP_TST] = "tst",
    [OP_TEQ] = "teq",         [OP_MUL] = "mul",     [OP_MLA] = "mla",   [OP_MLS] = "mls",
    [OP_UDIV] = "udiv",       [OP_SDIV] = "sdiv",   [OP_CLZ] = "clz",   [OP_RBIT] = "rbit",
    [OP_REV] = "rev",         [OP_ISB] = "isb",     [OP_SVC] = "svc",   [OP_STOPS] = "stops",
    [OP_NOTHING] = "nothing", [OP_OTHER] = "other",
};
static const char *const shifts[] = {"lsl", "lsr", "asr", "ror"};

static void put_register(const struct text_draft *line, unsigned number)
{
    if (number != NO_REGISTER) {
        text_say(line, " r%u", number);
    }
}

static void put_operand(const struct text_draft *line, const struct instruction *instruction)
{
    if (instruction->has_immediate) {
        text_say(line, " %X", (unsigned)instruction->immediate);
        return;
    }
    put_register(line, instruction->m);
    if (instruction->shift_by) {
        text_say(line, " %s %X", shifts[instruction->shift], instruction->shift_by);
    }
}

static void put_flags(const struct text_draft *line, const struct instruction *instruction)
{
    bool compares = instruction->operation >= OP_CMP && instruction->operation <= OP_TEQ;

    if (instruction->sets_flags && !compares) {
        text_say(line, "s");
    }
}

static void say_compute(const struct text_draft *line, const struct instruction *instruction)
{
    unsigned d = instruction->d, n = instruction->n;

    text_say(line, "%s", names[instruction->operation]);
    put_flags(line, instruction);
    put_register(line, d);
    if (n != d) {
        put_register(line, n);
    }
    if (instruction->operation != OP_MUL || instruction->m != d) {
        put_operand(line, instruction);
    }
    put_register(line, instruction->a);
}

static void say_shift(const struct text_draft *line, const struct instruction *instruction)
{
    text_say(line, "%s", shifts[instruction->shift]);
    put_flags(line, instruction);
    put_register(line, instruction->d);
    if (instruction->n != instruction->d) {
        put_register(line, instruction->n);
    }
    put_operand(line, instruction);
}

static void say_fields(const struct text_draft *line, const struct instruction *instruction)
{
    bool inserts = instruction->operation == OP_INSERT;

    text_say(line, inserts ? "insert" : instruction->is_signed ? "signed" : "extract");
    put_register(line, instruction->d);
    put_register(line, instruction->n);
    text_say(line, " %X %X", instruction->first, instruction->width);
}

static void put_shift(const struct text_draft *line, const struct instruction *instruction)
{
    if (instruction->shift_by) {
        text_say(line, " lsl %X", instruction->shift_by);
    }
}

static void say_address(const struct text_draft *line, const struct instruction *instruction)
{
    uint32_t offset = instruction->subtracts ? 0u - instruction->immediate : instruction->immediate;

    if (instruction->is_literal) {
        text_say(line, " literal %X", (unsigned)instruction->immediate);
        return;
    }
    text_say(line, instruction->post ? " [ r%u ]" : " [ r%u", instruction->n);
    if (!instruction->has_immediate && instruction->m != NO_REGISTER) {
        text_say(line, " r%u", instruction->m);
        put_shift(line, instruction);
    } else if (instruction->has_immediate && (instruction->immediate || instruction->post)) {
        text_say(line, " %X", (unsigned)offset);
    }
    if (!instruction->post) {
        text_say(line, instruction->writes_back ? " ] !" : " ]");
    }
}

static void say_access(const struct text_draft *line, const struct instruction *instruction)
{
    bool loads = instruction->operation == OP_LOAD || instruction->operation == OP_LOAD_TWO ||
                 instruction->operation == OP_LOAD_EXCLUSIVE;
    bool exclusive =
        instruction->operation == OP_LOAD_EXCLUSIVE || instruction->operation == OP_STORE_EXCLUSIVE;

    text_say(line, "%s%s%u%s", loads ? "load" : "store", exclusive ? "ex" : "", instruction->bytes,
             instruction->is_signed ? "s" : "");
    if (instruction->operation == OP_STORE_EXCLUSIVE) {
        put_register(line, instruction->a);
    }
    put_register(line, instruction->d);
    if (instruction->operation != OP_STORE_EXCLUSIVE) {
        put_register(line, instruction->a);
    }
    say_address(line, instruction);
}

static void say_many(const struct text_draft *line, const struct instruction *instruction)
{
    text_say(line, "%s%s r%u%s list %X", instruction->operation == OP_LOAD_MANY ? "load" : "store",
             instruction->decrements ? "db" : "ia", instruction->n,
             instruction->writes_back ? " !" : "", instruction->list);
}

static void say_floats(const struct text_draft *line, const struct instruction *instruction)
{
    if (instruction->operation == OP_STACK_FLOATS) {
        text_say(line, "%s r%u%s", instruction->stores ? "vstm" : "vldm", instruction->n,
                 instruction->writes_back ? " !" : "");
        return;
    }
    text_say(line, "%s%u", instruction->operation == OP_LOAD_FLOATS ? "vldr" : "vstr",
             instruction->bytes);
    say_address(line, instruction);
}

static void say_branch(const struct text_draft *line, const struct instruction *instruction)
{
    switch (instruction->operation) {
    case OP_B:
        text_say(line, "b%u %X", instruction->condition, (unsigned)instruction->immediate);
        return;
    case OP_CBZ:
    case OP_CBNZ:
        text_say(line, "%s r%u %X", instruction->operation == OP_CBZ ? "cbz" : "cbnz",
                 instruction->n, (unsigned)instruction->immediate);
        return;
    case OP_BL:
        text_say(line, "bl %X", (unsigned)instruction->immediate);
        return;
    case OP_TABLE:
        text_say(line, "table%u [ r%u r%u", instruction->bytes, instruction->n, instruction->m);
        text_say(line, instruction->bytes == 2 ? " lsl 1 ]" : " ]");
        return;
    default:
        text_say(line, "%s r%u", instruction->operation == OP_BX ? "bx" : "blx", instruction->m);
    }
}

static void say_system(const struct text_draft *line, const struct instruction *instruction)
{
    switch (instruction->operation) {
    case OP_IT:
        text_say(line, "it");
        return;
    case OP_MRS:
        text_say(line, "mrs r%u", instruction->d);
        return;
    case OP_MSR:
        text_say(line, "msr r%u", instruction->n);
        return;
    case OP_CPS:
        text_say(line, "cps%s%s%s", instruction->immediate ? "id" : "ie",
                 instruction->first ? " i" : "", instruction->width ? " f" : "");
        return;
    case OP_SVC:
        text_say(line, "svc %X", (unsigned)instruction->immediate);
        return;
    default:
        text_say(line, "%s", instruction->operation == OP_LOOP_START ? "wls" : "le");
    }
}

static void say(const struct text_draft *line, const struct instruction *instruction)
{
    unsigned operation = instruction->operation;

    if (operation == OP_ADR) {
        text_say(line, "adr r%u %X", instruction->d, (unsigned)instruction->immediate);
    } else if (operation == OP_SHIFT) {
        say_shift(line, instruction);
    } else if (operation == OP_UMULL) {
        text_say(line, "%s r%u r%u r%u r%u", instruction->is_signed ? "smull" : "umull",
                 instruction->d, instruction->a, instruction->n, instruction->m);
    } else if (operation == OP_EXTRACT || operation == OP_INSERT) {
        say_fields(line, instruction);
    } else if (operation >= OP_LOAD && operation <= OP_STORE_TWO) {
        say_access(line, instruction);
    } else if (operation == OP_LOAD_MANY || operation == OP_STORE_MANY) {
        say_many(line, instruction);
    } else if (operation >= OP_LOAD_FLOATS && operation <= OP_STACK_FLOATS) {
        say_floats(line, instruction);
    } else if ((operation >= OP_B && operation <= OP_BLX) || operation == OP_TABLE) {
        say_branch(line, instruction);
    } else if (operation >= OP_LOOP_START && operation <= OP_SVC && operation != OP_ISB) {
        say_system(line, instruction);
    } else if (operation <= OP_OTHER || operation >= OP_ISB) {
        text_say(line, "%s", names[operation]);
    } else {
        say_compute(line, instruction);
    }
}

void own_text(const struct instruction *instruction, char text[CAPSTONE_TEXT])
{
    const struct text_draft line = {text, CAPSTONE_TEXT};

    text[0] = '\0';
    say(&line, instruction);
}
