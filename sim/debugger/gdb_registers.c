// gdb_registers.c: GDB's view of the core's registers and of memory.
// SPDX-License-Identifier: MIT
#include "gdb_registers.h"

#include "bus.h"

#include <string.h>

enum { SYSTEM_CONTROL_SIZE = 0x1000 };
#define SYSTEM_CONTROL 0xE000E000u

// Features and register names of "Debugging with GDB", appendix "Target Descriptions", section
// "ARM Features"; the numbers are those of the list below.
const char gdb_target_xml[] =
    "<?xml version=\"1.0\"?><!DOCTYPE target SYSTEM \"gdb-target.dtd\">"
    "<target version=\"1.0\"><architecture>arm</architecture>"
    "<feature name=\"org.gnu.gdb.arm.m-profile\">"
    "<reg name=\"r0\" bitsize=\"32\" regnum=\"0\"/><reg name=\"r1\" bitsize=\"32\"/>"
    "<reg name=\"r2\" bitsize=\"32\"/><reg name=\"r3\" bitsize=\"32\"/>"
    "<reg name=\"r4\" bitsize=\"32\"/><reg name=\"r5\" bitsize=\"32\"/>"
    "<reg name=\"r6\" bitsize=\"32\"/><reg name=\"r7\" bitsize=\"32\"/>"
    "<reg name=\"r8\" bitsize=\"32\"/><reg name=\"r9\" bitsize=\"32\"/>"
    "<reg name=\"r10\" bitsize=\"32\"/><reg name=\"r11\" bitsize=\"32\"/>"
    "<reg name=\"r12\" bitsize=\"32\"/>"
    "<reg name=\"sp\" bitsize=\"32\" type=\"data_ptr\"/><reg name=\"lr\" bitsize=\"32\"/>"
    "<reg name=\"pc\" bitsize=\"32\" type=\"code_ptr\"/><reg name=\"xpsr\" bitsize=\"32\"/>"
    "</feature>"
    "<feature name=\"org.gnu.gdb.arm.m-system\">"
    "<reg name=\"msp\" bitsize=\"32\" type=\"data_ptr\"/>"
    "<reg name=\"psp\" bitsize=\"32\" type=\"data_ptr\"/>"
    "</feature>"
    "<feature name=\"bootleap.m-special\">"
    "<reg name=\"primask\" bitsize=\"32\"/><reg name=\"basepri\" bitsize=\"32\"/>"
    "<reg name=\"faultmask\" bitsize=\"32\"/><reg name=\"control\" bitsize=\"32\"/>"
    "</feature></target>";

static const enum cpu_register numbers[GDB_ALL_REGISTERS] = {
    CPU_R0,   CPU_R1,  CPU_R2,  CPU_R3,      CPU_R4,      CPU_R5,        CPU_R6,      CPU_R7,
    CPU_R8,   CPU_R9,  CPU_R10, CPU_R11,     CPU_R12,     CPU_SP,        CPU_LR,      CPU_PC,
    CPU_XPSR, CPU_MSP, CPU_PSP, CPU_PRIMASK, CPU_BASEPRI, CPU_FAULTMASK, CPU_CONTROL,
};

uint32_t gdb_register(struct chip *chip, unsigned number)
{
    uint32_t value = cpu_get(chip->core.cpu, numbers[number]);

    return numbers[number] == CPU_PC ? value & ~1u : value;
}

void gdb_set_register(struct chip *chip, unsigned number, uint32_t value)
{
    cpu_set(chip->core.cpu, numbers[number], value);
    chip->sleeping &= numbers[number] != CPU_PC; // it is no more behind WFI
}

// Its own registers have effects when SYST_CSR is read, and only there: the flag is kept.
static uint32_t peek_word(struct chip *chip, uint32_t address)
{
    uint32_t offset = address - SYSTEM_CONTROL;

    if (offset >= SYSTEM_CONTROL_SIZE) {
        return bus_peek(chip, address);
    }
    struct exceptions before = chip->core.exceptions;
    uint32_t value = exceptions_read(&chip->core, offset);
    chip->core.exceptions = before;
    return value;
}

bool gdb_read_byte(struct chip *chip, uint32_t address, uint8_t *byte)
{
    if (!bus_is_at(chip->device, address)) {
        return cpu_load(chip->core.cpu, address, byte, 1);
    }
    *byte = (uint8_t)(peek_word(chip, address & ~3u) >> 8 * (address & 3u));
    return true;
}

bool gdb_write(struct chip *chip, uint32_t address, const uint8_t *bytes, uint32_t size)
{
    uint32_t value = 0;

    if (!bus_is_at(chip->device, address)) {
        return memory_ram_at(&chip->memory, address, size) &&
               cpu_store(chip->core.cpu, address, bytes, size);
    }
    if ((size != 1 && size != 2 && size != 4) || address % size) {
        return false;
    }
    memcpy(&value, bytes, size);
    bus_write(chip, address, size, value);
    return true;
}
