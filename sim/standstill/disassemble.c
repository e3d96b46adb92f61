// disassemble.c: one instruction as text.
// SPDX-License-Identifier: MIT
#include "disassemble.h"

#include <capstone/capstone.h>
#include <stdio.h>

bool disassemble(struct chip *chip, uint32_t pc, char text[DISASSEMBLE_ROOM])
{
    uint8_t code[4] = {0};
    cs_insn *instruction = NULL;
    csh disassembler;
    bool known;

    if ((!cpu_load(chip->core.cpu, pc, code, 4) && !cpu_load(chip->core.cpu, pc, code, 2)) ||
        cs_open(CS_ARCH_ARM, CS_MODE_THUMB | CS_MODE_MCLASS | CS_MODE_V8, &disassembler) !=
            CS_ERR_OK) {
        return false;
    }
    known = cs_disasm(disassembler, code, sizeof code, pc, 1, &instruction) == 1;
    if (known) {
        snprintf(text, DISASSEMBLE_ROOM, "%.15s %.40s", instruction->mnemonic, instruction->op_str);
        cs_free(instruction, 1);
    }
    cs_close(&disassembler);
    return known;
}
