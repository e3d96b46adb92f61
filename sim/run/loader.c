// loader.c: a stand-in for the loader in front of an application.
// SPDX-License-Identifier: MIT
//
// Encodings: Armv6-M Architecture Reference Manual (DDI 0419), chapter A6; all later ones have
// them.
#include "loader.h"

#include "cpu.h"

static void put_word(uint8_t *bytes, uint32_t word)
{
    for (int i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)(word >> (8 * i));
    }
}

void loader_make(const struct device *device, uint32_t table, uint32_t stack,
                 uint8_t bytes[LOADER_BYTES])
{
    const uint32_t vtor = 0xE000ED08, no_operation = 0xBF00, store = 0x6008; // str r0, [r1]
    const uint32_t words[LOADER_BYTES / 4] = {
        stack,
        device->flash.start + 8 + 1, // the code below
        0x49044803,                  // ldr r0, [pc, #12]: table; ldr r1, [pc, #16]: VTOR
        0x68010000 | (cpu_has_vtor(device->core) ? store : no_operation), // ldr r1, [r0]
        0x8808F381,                                                       // msr msp, r1
        0x47006840,                                                       // ldr r0, [r0, #4]; bx r0
        table,
        vtor,
    };

    for (int i = 0; i < LOADER_BYTES / 4; i++) {
        put_word(bytes + 4 * i, words[i]);
    }
}
