// instruction_trace.c: the file of --trace: a line an instruction, a line a register write.
// SPDX-License-Identifier: MIT
#include "instruction_trace.h"

#include "disassembler.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct instruction_trace {
    struct observer observer;
    struct chip *chip;
    FILE *file;
    csh disassembler;
    const char *name;
    uint32_t entry;
    bool on;
    uint32_t return_to, stack;
    uint64_t since_reset; // when the last line was written: it grows, except over a reset
};

// MSR to a stack limit of Armv8-M (DDI0553), which the disassembler does not know.
static bool print_stack_limit(const struct instruction_trace *trace, uint32_t pc,
                              const uint8_t *code)
{
    bool is_msr = code[1] == 0xF3 && code[0] >> 4 == 8 && code[3] == 0x88;
    const char *limit = code[2] == 10 ? "msplim" : code[2] == 11 ? "psplim" : NULL;

    if (is_msr && limit) {
        fprintf(trace->file, "0x%08X  %02x%02x %02x%02x  msr %s, r%d\n", (unsigned)pc, code[1],
                code[0], code[3], code[2], limit, code[0] & 0xF);
    }
    return is_msr && limit;
}

static void print_instruction(struct instruction_trace *trace, uint32_t pc)
{
    uint8_t code[DISASSEMBLER_LONGEST];
    cs_insn *instruction = disassembler_read(trace->disassembler, trace->chip->core.cpu, pc, code);
    char words[12];

    if (print_stack_limit(trace, pc, code)) {
        return;
    }
    if (!instruction) {
        fprintf(trace->file, "0x%08X  %02x%02x       ?\n", (unsigned)pc, code[1], code[0]);
        return;
    }
    snprintf(words, sizeof words, "%02x%02x", code[1], code[0]);
    if (instruction->size == DISASSEMBLER_LONGEST) {
        snprintf(words + 4, sizeof words - 4, " %02x%02x", code[3], code[2]);
    }
    fprintf(trace->file, "0x%08X  %-9s  %s %s\n", (unsigned)pc, words, instruction->mnemonic,
            instruction->op_str);
    cs_free(instruction, 1);
}

static void begin(struct instruction_trace *trace)
{
    trace->on = true;
    trace->return_to = cpu_get(trace->chip->core.cpu, CPU_LR) & ~1u;
    trace->stack = cpu_get(trace->chip->core.cpu, CPU_SP);
    trace->since_reset = trace->chip->since_reset;
    fprintf(trace->file, "call        %s() after %llu instructions\n", trace->name,
            (unsigned long long)trace->chip->core.instructions);
}

static bool came_back(struct instruction_trace *trace, uint32_t pc)
{
    return pc == trace->return_to && cpu_get(trace->chip->core.cpu, CPU_SP) == trace->stack;
}

static bool on_instruction(void *context, uint32_t pc)
{
    struct instruction_trace *trace = context;

    if (!trace->on && pc == trace->entry) {
        begin(trace);
    }
    if (!trace->on) {
        return false;
    }
    if (trace->chip->since_reset < trace->since_reset) {
        fprintf(trace->file, "reset       %s\n", chip_reset_name(trace->chip->reset_kind));
        trace->return_to = UINT32_MAX;
    }
    trace->since_reset = trace->chip->since_reset;
    if (came_back(trace, pc)) {
        fprintf(trace->file, "return      %s() returns %d\n", trace->name,
                (int)cpu_get(trace->chip->core.cpu, CPU_R0));
        trace->on = false;
        return false;
    }
    print_instruction(trace, pc);
    return false;
}

// "GPIOA+0x014", as far as the chip knows whose register it is.
static void print_register(struct instruction_trace *trace, uint32_t address)
{
    const struct device *device = trace->chip->device;
    const struct block *block = block_at(trace->chip, address);

    if (address - device->rcc < device->rcc_size) {
        fprintf(trace->file, " (RCC+0x%03X)", (unsigned)(address - device->rcc));
    } else if (block) {
        fprintf(trace->file, " (%s+0x%03X)", block->peripheral->name,
                (unsigned)(address - block->peripheral->start));
    }
}

static void on_bus_write(void *context, uint32_t address, unsigned size, uint32_t value)
{
    struct instruction_trace *trace = context;

    if (!trace->on) {
        return;
    }
    fprintf(trace->file, "write       0x%08X", (unsigned)address);
    print_register(trace, address);
    fprintf(trace->file, " = 0x%0*X\n", (int)size * 2, (unsigned)value);
}

struct instruction_trace *instruction_trace_open(struct chip *chip, FILE *file, const char *name,
                                                 uint32_t entry, struct problem *problem)
{
    struct instruction_trace *trace = calloc(1, sizeof *trace);

    if (!trace || !disassembler_open(&trace->disassembler)) {
        free(trace);
        problem_set(problem, EXIT_FAILED, NULL, "the disassembler does not start");
        return NULL;
    }
    trace->chip = chip;
    trace->file = file;
    trace->name = name;
    trace->entry = entry;
    trace->observer = (struct observer){
        .context = trace, .instruction = on_instruction, .bus_write = on_bus_write};
    observers_add(chip, &trace->observer);
    return trace;
}

void instruction_trace_look(struct instruction_trace *trace)
{
    if (trace && trace->on && trace->chip->rom_fetched) {
        fprintf(trace->file, "handoff     PC 0x%08X, SP 0x%08X\n", (unsigned)trace->chip->rom_pc,
                (unsigned)cpu_get(trace->chip->core.cpu, CPU_SP));
        trace->on = false;
    }
}

bool instruction_trace_close(struct instruction_trace *trace)
{
    bool written;

    if (!trace) {
        return true;
    }
    written = fflush(trace->file) == 0 && !ferror(trace->file);
    cs_close(&trace->disassembler);
    free(trace);
    return written;
}
