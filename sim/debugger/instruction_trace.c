// instruction_trace.c: the file of --trace: a line an instruction, a line a register write.
// SPDX-License-Identifier: MIT
#include "instruction_trace.h"

#include <capstone/capstone.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_INSTRUCTION = 4 };

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

static void print_instruction(struct instruction_trace *listing, uint32_t pc)
{
    uint8_t code[LONGEST_INSTRUCTION] = {0};
    cs_insn *instruction = NULL;
    char words[12];

    if (!cpu_load(listing->chip->core.cpu, pc, code, sizeof code)) {
        cpu_load(listing->chip->core.cpu, pc, code, 2); // the last halfword of a region
    }
    if (cs_disasm(listing->disassembler, code, sizeof code, pc, 1, &instruction) != 1) {
        fprintf(listing->file, "0x%08X  %02x%02x       ?\n", (unsigned)pc, code[1], code[0]);
        return;
    }
    snprintf(words, sizeof words, "%02x%02x", code[1], code[0]);
    if (instruction->size == LONGEST_INSTRUCTION) {
        snprintf(words + 4, sizeof words - 4, " %02x%02x", code[3], code[2]);
    }
    fprintf(listing->file, "0x%08X  %-9s  %s %s\n", (unsigned)pc, words, instruction->mnemonic,
            instruction->op_str);
    cs_free(instruction, 1);
}

static void begin(struct instruction_trace *listing)
{
    listing->on = true;
    listing->return_to = cpu_get(listing->chip->core.cpu, CPU_LR) & ~1u;
    listing->stack = cpu_get(listing->chip->core.cpu, CPU_SP);
    listing->since_reset = listing->chip->since_reset;
    fprintf(listing->file, "call        %s() after %llu instructions\n", listing->name,
            (unsigned long long)listing->chip->core.instructions);
}

static bool came_back(struct instruction_trace *listing, uint32_t pc)
{
    return pc == listing->return_to && cpu_get(listing->chip->core.cpu, CPU_SP) == listing->stack;
}

static bool on_instruction(void *context, uint32_t pc)
{
    struct instruction_trace *listing = context;

    if (!listing->on && pc == listing->entry) {
        begin(listing);
    }
    if (!listing->on) {
        return false;
    }
    if (listing->chip->since_reset < listing->since_reset) {
        fprintf(listing->file, "reset       %s\n", chip_reset_name(listing->chip->reset_kind));
        listing->return_to = UINT32_MAX;
    }
    listing->since_reset = listing->chip->since_reset;
    if (came_back(listing, pc)) {
        fprintf(listing->file, "return      %s() comes back with %d\n", listing->name,
                (int)cpu_get(listing->chip->core.cpu, CPU_R0));
        listing->on = false;
        return false;
    }
    print_instruction(listing, pc);
    return false;
}

// "GPIOA+0x014", as far as the chip knows whose register it is.
static void print_register(struct instruction_trace *listing, uint32_t address)
{
    const struct device *device = listing->chip->device;
    const struct block *block = block_at(listing->chip, address);

    if (address - device->rcc < device->rcc_size) {
        fprintf(listing->file, " (RCC+0x%03X)", (unsigned)(address - device->rcc));
    } else if (block) {
        fprintf(listing->file, " (%s+0x%03X)", block->peripheral->name,
                (unsigned)(address - block->peripheral->start));
    }
}

static void on_bus_write(void *context, uint32_t address, unsigned size, uint32_t value)
{
    struct instruction_trace *listing = context;

    if (!listing->on) {
        return;
    }
    fprintf(listing->file, "write       0x%08X", (unsigned)address);
    print_register(listing, address);
    fprintf(listing->file, " = 0x%0*X\n", (int)size * 2, (unsigned)value);
}

struct instruction_trace *instruction_trace_open(struct chip *chip, const char *path,
                                                 const char *name, uint32_t entry,
                                                 struct problem *problem)
{
    struct instruction_trace *listing = calloc(1, sizeof *listing);
    cs_mode mode = CS_MODE_THUMB | CS_MODE_MCLASS | CS_MODE_V8;

    if (!listing || cs_open(CS_ARCH_ARM, mode, &listing->disassembler) != CS_ERR_OK) {
        free(listing);
        problem_set(problem, EXIT_FAILED, NULL, "the disassembler does not start");
        return NULL;
    }
    listing->file = fopen(path, "w");
    if (!listing->file) {
        problem_set(problem, EXIT_USAGE, NULL, "cannot write %s: %s", path, strerror(errno));
        instruction_trace_close(listing);
        return NULL;
    }
    listing->chip = chip;
    listing->name = name;
    listing->entry = entry;
    listing->observer = (struct observer){
        .context = listing, .instruction = on_instruction, .bus_write = on_bus_write};
    observers_add(chip, &listing->observer);
    return listing;
}

void instruction_trace_look(struct instruction_trace *listing)
{
    if (listing && listing->on && listing->chip->rom_fetched) {
        fprintf(listing->file, "handoff     PC 0x%08X, SP 0x%08X\n",
                (unsigned)listing->chip->rom_pc,
                (unsigned)cpu_get(listing->chip->core.cpu, CPU_SP));
        listing->on = false;
    }
}

bool instruction_trace_close(struct instruction_trace *listing)
{
    bool written = true;

    if (!listing) {
        return true;
    }
    if (listing->file) {
        written = !ferror(listing->file);
        written &= fclose(listing->file) == 0;
    }
    cs_close(&listing->disassembler);
    free(listing);
    return written;
}
