// asked_pins.c: tells which pin the code behind a load of a port's inputs tests.
// SPDX-License-Identifier: MIT
//
// Encodings: Armv7-M Architecture Reference Manual (DDI 0403), A7.7: LDR (immediate), TST, AND,
// LSL.
#include "asked_pins.h"

// The load: LDR Rt, [Rn, #imm] of 16 bits, or LDR.W.
static bool read_load(const uint16_t *code, unsigned *length, unsigned *target)
{
    bool narrow = (code[0] & 0xF800) == 0x6800, wide = (code[0] & 0xFFF0) == 0xF8D0;

    *length = narrow ? 1 : 2;
    *target = narrow ? code[0] & 7u : code[1] >> 12;
    return narrow || wide;
}

// An immediate of 32 bits as far as it is one bit, or up to eight in the low byte.
static uint32_t expand_immediate(uint16_t first, uint16_t second)
{
    unsigned field = (first >> 10 & 1u) << 11 | (second >> 12 & 7u) << 8 | (second & 0xFFu);
    unsigned rotation = field >> 7;

    return rotation < 8 ? field & 0xFFu : (0x80u | (field & 0x7Fu)) << (32 - rotation);
}

// The bits of `loaded` that this instruction tests; 0: it is not known to test any.
static uint32_t tested_bits(struct cpu *cpu, const uint16_t *code, unsigned loaded)
{
    unsigned low = code[0] & 7u, high = code[0] >> 3 & 7u;
    bool tst = (code[0] & 0xFFC0) == 0x4200, ands = (code[0] & 0xFFC0) == 0x4000;

    if ((tst || ands) && (low == loaded || high == loaded)) {
        return cpu_get(cpu, (enum cpu_register)(CPU_R0 + (low == loaded ? high : low)));
    }
    if ((code[0] & 0xF800) == 0x0000 && high == loaded) { // LSLS: the sign is what is tested
        return 0x80000000u >> (code[0] >> 6 & 31u);
    }
    if ((code[0] & 0xFBE0) == 0xF000 && (code[0] & 0xFu) == loaded && !(code[1] & 0x8000)) {
        return expand_immediate(code[0], code[1]); // AND or TST with an immediate
    }
    return 0;
}

static void keep(struct asked_pins *asked, const struct asked_pin *found)
{
    for (size_t i = 0; i < asked->count; i++) {
        struct asked_pin *known = &asked->list[i];
        if (known->port == found->port && known->pin == found->pin) {
            known->pc = found->pc;
            return;
        }
    }
    if (asked->count < ASKED_PINS) {
        asked->list[asked->count++] = *found;
    }
}

void asked_pins_note(struct asked_pins *asked, struct cpu *cpu, char port, uint32_t floating)
{
    struct asked_pin found = {.port = port};
    uint16_t code[4] = {0};
    unsigned length, target;
    uint32_t tested;

    if (!floating || !cpu) {
        return;
    }
    found.pc = cpu_get(cpu, CPU_PC);
    if (!cpu_load(cpu, found.pc & ~1u, code, sizeof code) || !read_load(code, &length, &target)) {
        return;
    }
    tested = tested_bits(cpu, code + length, target) & 0xFFFFu;
    if (tested && !(tested & (tested - 1)) && tested & floating) { // one pin, and it floats
        found.pin = (unsigned)__builtin_ctz(tested);
        keep(asked, &found);
    }
}
