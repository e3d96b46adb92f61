// loop.c: reads one round of a loop: what it loads, and by which bits it goes on.
// SPDX-License-Identifier: MIT
#include "loop.h"

#include "condition.h"
#include "decision.h"
#include "decision_operands.h"
#include "disassembler.h"
#include "thumb.h"

#include <stdlib.h>
#include <string.h>

enum { STACK = 256 }; // bytes above SP that are taken for local variables

// One round, in the order in which it was executed.
struct round {
    const struct window *window;
    csh disassembler;
    cs_insn **code; // `length` of them
    unsigned length;
    struct loop *loop;
    struct decision decision;
    int depth;       // calls minus returns, since its first instruction
    uint32_t behind; // the instruction that was last
};

// The steps of the round before the last where there is one, so that each has one behind it.
static const struct snapshot *step_of(const struct round *round, unsigned number)
{
    bool two =
        2 * (uint64_t)round->length < WINDOW_RING && 2 * round->length <= round->window->steps;

    return window_step(round->window, (two ? 2 : 1) * round->length - 1 - number);
}

// What a register is after this step: before the next one, or before the first of the round.
static uint32_t after(const struct round *round, unsigned number, int which)
{
    unsigned next = number + 1;
    bool two =
        2 * (uint64_t)round->length < WINDOW_RING && 2 * round->length <= round->window->steps;

    return step_of(round, next == round->length && !two ? 0 : next)->registers[which];
}

static bool disassemble(struct round *round)
{
    struct cpu *cpu = round->window->chip->core.cpu;

    for (unsigned i = 0; i < round->length; i++) {
        uint32_t pc = step_of(round, i)->registers[STEP_PC];
        uint8_t code[DISASSEMBLER_LONGEST];
        round->code[i] = disassembler_read(round->disassembler, cpu, pc, code);
        if (!round->code[i]) {
            return false;
        }
    }
    return true;
}

static unsigned load_size(const cs_insn *instruction)
{
    switch (instruction->id) {
    case ARM_INS_LDRB:
    case ARM_INS_LDRSB:
        return 1;
    case ARM_INS_LDRH:
    case ARM_INS_LDRSH:
        return 2;
    case ARM_INS_LDR:
    case ARM_INS_LDREX:
        return 4;
    default:
        return 0;
    }
}

// The address of the operand that is in memory. False where there is none.
static bool address_of(const cs_insn *instruction, const struct snapshot *step, uint32_t *address)
{
    const cs_arm *arm = &instruction->detail->arm;

    for (unsigned i = 0; i < arm->op_count; i++) {
        const cs_arm_op *op = &arm->operands[i];
        if (op->type != ARM_OP_MEM) {
            continue;
        }
        int base = decision_register(op->mem.base), index = decision_register(op->mem.index);
        if (base == LOAD_NONE) {
            return false;
        }
        *address = step->registers[base];
        if (base == STEP_PC) {
            *address = (*address + 4) & ~3u;
        }
        if (index != LOAD_NONE) {
            *address += (uint32_t)op->mem.scale * (step->registers[index] << op->mem.lshift);
        }
        *address += arm->writeback && arm->op_count > i + 1 ? 0 : (uint32_t)op->mem.disp;
        return true;
    }
    return false;
}

static bool is_stack(const struct snapshot *step, uint32_t address)
{
    return address - step->registers[STEP_SP] < STACK;
}

// The number of the load at `pc`, which is entered if it is new. LOAD_NONE: no room.
static int note_load(struct loads *loads, const struct load *load)
{
    for (size_t i = 0; i < loads->count; i++) {
        if (loads->list[i].pc == load->pc && loads->list[i].address == load->address) {
            return (int)i;
        }
    }
    if (loads->count == LOADS_MOST) {
        return LOAD_NONE;
    }
    loads->list[loads->count] = *load;
    return (int)loads->count++;
}

// A load, if the instruction is one. True where the decision has been told of it.
static bool read_load(struct round *round, unsigned number, const struct snapshot *step)
{
    const struct region *flash = &round->window->chip->device->flash;
    const cs_insn *instruction = round->code[number];
    unsigned size = load_size(instruction);
    int to = size ? decision_register((arm_reg)instruction->detail->arm.operands[0].reg) : 0;
    struct load load = {.pc = step->registers[STEP_PC], .size = size};

    if (!size || to == LOAD_NONE || !address_of(instruction, step, &load.address) ||
        load.address - flash->start < flash->size) {
        return false;
    }
    if (is_stack(step, load.address)) {
        decision_fill(&round->decision, instruction, load.address);
        return true;
    }
    load.value = after(round, number, to);
    if (size < 4) {
        load.value &= (1u << 8 * size) - 1;
    }
    int noted = note_load(&round->loop->loads, &load);
    if (noted == LOAD_NONE) {
        return false;
    }
    decision_load(&round->decision, instruction, noted);
    return true;
}

static bool is_return(const cs_insn *instruction)
{
    const cs_arm *arm = &instruction->detail->arm;
    bool to_lr = instruction->id == ARM_INS_BX && arm->operands[0].reg == ARM_REG_LR;
    bool pops =
        instruction->id == ARM_INS_POP && arm->operands[arm->op_count - 1].reg == ARM_REG_PC;

    return to_lr || pops;
}

// 1 for a call, -1 for a return.
static int depth_behind(const cs_insn *instruction)
{
    return (instruction->id == ARM_INS_BL || instruction->id == ARM_INS_BLX) -
           is_return(instruction);
}

// Whether the way that a branch did not go leads into the round as well.
static bool stays(const struct round *round, unsigned number)
{
    const cs_insn *branch = round->code[number];
    const cs_arm *arm = &branch->detail->arm;
    const cs_arm_op *to = arm->op_count ? &arm->operands[arm->op_count - 1] : NULL;
    uint32_t pc = step_of(round, number)->registers[STEP_PC], behind = pc + branch->size;
    uint32_t target = to && to->type == ARM_OP_IMM ? (uint32_t)to->imm : 0;
    uint32_t other = after(round, number, STEP_PC) == behind ? target : behind;

    if (branch->id != ARM_INS_B && branch->id != ARM_INS_CBZ && branch->id != ARM_INS_CBNZ) {
        return false;
    }
    for (unsigned i = 0; i < round->length; i++) {
        if (step_of(round, i)->registers[STEP_PC] == other) {
            return true;
        }
    }
    return false;
}

// The engine shows no instruction whose condition does not hold: those of an IT block that lie
// before this one have been left out.
static void pass_left_out(struct round *round, uint32_t pc)
{
    struct cpu *cpu = round->window->chip->core.cpu;
    unsigned *it_state = &round->decision.it_state;

    for (uint32_t at = round->behind; *it_state && at != pc;) {
        uint16_t code = 0;
        cpu_load(cpu, at, &code, sizeof code);
        at += thumb_bytes(code);
        condition_skip(it_state);
    }
}

static void read_step(struct round *round, unsigned number)
{
    const struct snapshot *step = step_of(round, number);
    const cs_insn *instruction = round->code[number];
    struct loop *loop = round->loop;
    uint32_t address;

    if (instruction->id == ARM_INS_WFI || instruction->id == ARM_INS_WFE) {
        loop->sleeps = true;
        loop->sleep = *step;
    }
    pass_left_out(round, step->registers[STEP_PC]);
    round->behind = step->registers[STEP_PC] + instruction->size;
    round->decision.depth = round->depth;
    round->decision.stays = stays(round, number);
    round->depth += depth_behind(instruction);
    if (!decision_begins(&round->decision, instruction, step) || read_load(round, number, step)) {
        return;
    }
    if (instruction->id == ARM_INS_STR && address_of(instruction, step, &address) &&
        is_stack(step, address)) {
        decision_spill(&round->decision, instruction, address);
    }
    decision_step(&round->decision, instruction, step);
}

// The lowest instruction outside of what is called.
static void find_head(const struct round *round)
{
    int depth = 0, least = 1;

    for (unsigned i = 0; i < round->length; i++) {
        const struct snapshot *step = step_of(round, i);
        uint32_t pc = step->registers[STEP_PC];
        if (depth < least || (depth == least && pc < round->loop->head.registers[STEP_PC])) {
            least = depth;
            round->loop->head = *step;
        }
        depth += depth_behind(round->code[i]);
    }
}

static bool read_round(struct round *round)
{
    bool known = disassemble(round);

    if (known) {
        find_head(round);
    }
    // Twice: what is loaded at the end may be asked for at the beginning.
    for (unsigned i = 0; known && i < 2 * round->length; i++) {
        round->depth = i % round->length ? round->depth : 0;
        read_step(round, i % round->length);
    }
    for (unsigned i = 0; i < round->length; i++) {
        if (round->code[i]) {
            cs_free(round->code[i], 1);
        }
    }
    return known;
}

bool loop_read(const struct window *window, struct loop *loop)
{
    struct round round = {.window = window, .length = window->period, .loop = loop};
    bool known = false;

    *loop = (struct loop){.sleeps = false};
    if (!round.length || round.length > WINDOW_RING || round.length > window->steps ||
        !disassembler_open(&round.disassembler)) {
        return false;
    }
    cs_option(round.disassembler, CS_OPT_DETAIL, CS_OPT_ON);
    round.code = calloc(round.length, sizeof *round.code);
    decision_begin(&round.decision, &loop->loads);
    if (round.code) {
        known = read_round(&round);
    }
    free(round.code);
    cs_close(&round.disassembler);
    return known;
}

bool loop_awaits(const struct load *load)
{
    return (load->value & load->mask) != load->with;
}
