// disassembler.c: reads single instructions by Capstone.
// SPDX-License-Identifier: MIT
#include "disassembler.h"

#include <stdio.h>
#include <string.h>

bool disassembler_open(csh *disassembler)
{
    cs_mode mode = CS_MODE_THUMB | CS_MODE_MCLASS | CS_MODE_V8;

    return cs_open(CS_ARCH_ARM, mode, disassembler) == CS_ERR_OK;
}

cs_insn *disassembler_read(csh disassembler, struct cpu *cpu, uint32_t pc,
                           uint8_t code[DISASSEMBLER_LONGEST])
{
    cs_insn *instruction = NULL;

    memset(code, 0, DISASSEMBLER_LONGEST);
    if (!cpu_load(cpu, pc, code, DISASSEMBLER_LONGEST) && // the last halfword of a region
        !cpu_load(cpu, pc, code, 2)) {
        return NULL;
    }
    return cs_disasm(disassembler, code, DISASSEMBLER_LONGEST, pc, 1, &instruction) == 1
               ? instruction
               : NULL;
}

bool disassembler_text(struct cpu *cpu, uint32_t pc, char text[DISASSEMBLER_ROOM])
{
    uint8_t code[DISASSEMBLER_LONGEST];
    cs_insn *instruction;
    csh disassembler;

    if (!disassembler_open(&disassembler)) {
        return false;
    }
    instruction = disassembler_read(disassembler, cpu, pc, code);
    if (instruction) {
        snprintf(text, DISASSEMBLER_ROOM, "%.15s %.40s", instruction->mnemonic,
                 instruction->op_str);
        cs_free(instruction, 1);
    }
    cs_close(&disassembler);
    return instruction != NULL;
}
