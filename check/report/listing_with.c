// listing_with.c: a build that has Capstone shows instructions as text.
// SPDX-License-Identifier: MIT
#include "listing.h"

#include "json_value.h"

#include <capstone/capstone.h>
#include <stdio.h>

enum { BEFORE = 2, BEHIND = 1, LONGEST = 4, NARROW = 2, ADDRESS_DIGITS = 8, TEXT_BYTES = 64 };
// Instructions have 2 or 4 bytes: a run that begins this far before one has met its beginning.
enum { RUN_UP = 48 };

// Bytes of the instruction at `pc`; 0: there is none.
static unsigned read_one(csh capstone, const struct firmware *firmware, uint32_t pc,
                         char text[TEXT_BYTES])
{
    size_t size = LONGEST;
    const uint8_t *bytes = code_map_bytes(&firmware->map, pc, LONGEST);
    cs_insn *instruction = NULL;
    unsigned length = 0;

    if (!bytes) { // the last halfword of a region
        size = NARROW;
        bytes = code_map_bytes(&firmware->map, pc, NARROW);
    }
    if (bytes && cs_disasm(capstone, bytes, size, pc, 1, &instruction) == 1) {
        snprintf(text, TEXT_BYTES, "%-6.15s %.40s", instruction->mnemonic, instruction->op_str);
        length = instruction->size;
        cs_free(instruction, 1);
    }
    return length;
}

// Where the BEFORE instructions before `pc` begin. `pc` itself where they cannot be told: data may
// stand before it.
static uint32_t find_first(csh capstone, const struct firmware *firmware, uint32_t pc)
{
    uint32_t start, at, last[BEFORE];
    unsigned count = 0, length;
    char text[TEXT_BYTES];

    if (!firmware_function(firmware, pc, &start)) {
        return pc;
    }
    if (pc - start > RUN_UP) {
        start = pc - RUN_UP;
    }
    for (at = start; at < pc; at += length) {
        length = read_one(capstone, firmware, at, text);
        if (!length) {
            return pc;
        }
        last[count++ % BEFORE] = at;
    }
    return at != pc || count == 0 ? pc : count < BEFORE ? start : last[count % BEFORE];
}

static void append(csh capstone, const struct firmware *firmware, uint32_t pc, json_t *list)
{
    uint32_t at = find_first(capstone, firmware, pc), start;
    char text[TEXT_BYTES];
    unsigned length = NARROW;

    for (unsigned behind = 0; length && behind <= BEHIND; at += length) {
        if (at > pc && (!firmware_function(firmware, at, &start) || start > pc)) {
            break; // of the next function
        }
        length = read_one(capstone, firmware, at, text);
        if (length) {
            json_array_append_new(list,
                                  json_pack("{s:o, s:o}", "pc", json_value_hex(at, ADDRESS_DIGITS),
                                            "text", json_value_string(text)));
        }
        behind += at >= pc;
    }
}

json_t *listing_pack(const struct firmware *firmware, uint32_t pc)
{
    cs_mode mode = CS_MODE_THUMB | CS_MODE_MCLASS | CS_MODE_V8;
    json_t *list = json_array();
    csh capstone;

    if (pc && cs_open(CS_ARCH_ARM, mode, &capstone) == CS_ERR_OK) {
        append(capstone, firmware, pc, list);
        cs_close(&capstone);
    }
    return list;
}
