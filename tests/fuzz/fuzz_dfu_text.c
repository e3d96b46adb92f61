// fuzz_dfu_text.c: gives any bytes to what reads the strings and descriptors of a DFU device.
// SPDX-License-Identifier: MIT
//
// The first byte chooses what the others are.
#include "fuzz.h"

#include "dfu.h"
#include "dfuse_memory_text.h"
#include "usb_text.h"

#include <stdlib.h>
#include <string.h>

enum { KINDS = 4, MOST_BYTES = 4096 };

static void require(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void read_memory(const char *text)
{
    char words[MEMORY_TEXT_BYTES];
    struct memory_map map;

    require(dfuse_memory_text(text, &map) == (map.count > 0));
    require(map.count <= MEMORY_RUNS && strlen(map.name) < MEMORY_NAME_BYTES);
    for (unsigned i = 0; i < map.count; i++) {
        const struct memory_run *run = &map.runs[i];
        uint64_t end = run->start + (uint64_t)run->count * run->size;
        require(run->count && run->size && end <= UINT32_MAX && run->access <= 7);
    }
    require(strlen(memory_map_text(&map, words)) < MEMORY_TEXT_BYTES);
}

// What a device says of a string, and then what that says of its memory.
static void read_string(const uint8_t *bytes, size_t size)
{
    char text[USB_TEXT_BYTES];

    unsigned length = usb_text(bytes, size > 255 ? 255 : (unsigned)size, text);
    require(length < USB_TEXT_BYTES && strlen(text) <= length);
    read_memory(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct dfu_functional functional;
    struct dfu_status status;
    char text[MOST_BYTES] = "";

    if (size == 0 || size > MOST_BYTES) {
        return 0;
    }
    memcpy(text, bytes + 1, size - 1);
    switch (bytes[0] % KINDS) {
    case 0:
        read_memory(text);
        break;
    case 1:
        read_string(bytes + 1, size - 1);
        break;
    case 2:
        dfu_functional_read(&functional, bytes + 1, size - 1);
        break;
    default:
        require(!dfu_status_read(&status, bytes + 1, size - 1) || dfu_status_text(status.status));
    }
    return 0;
}
