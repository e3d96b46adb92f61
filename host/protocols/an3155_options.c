// an3155_options.c: programs option bytes, and changes protection, over AN3155.
// SPDX-License-Identifier: MIT
#include "an3155_options.h"

#include "an3155_request.h"

#include <stdio.h>
#include <string.h>

enum { WRITE_MS = 3500, DOING_BYTES = 48 };

static const char refused[] =
    "bootleap option list, which says what this ROM can write, and bootleap info";

int an3155_write_options(struct an3155 *rom, uint32_t address, uint32_t size, const uint8_t *bytes,
                         struct problem *problem)
{
    uint8_t frame[1 + AN3155_BLOCK_BYTES + 1];
    char doing[DOING_BYTES];
    const struct an3155_request request = {
        .code = AN3155_WRITE,
        .doing = doing,
        .has_address = true,
        .address = address,
        .frame = frame,
        .frame_size = 2 + size,
        .part = "option bytes",
        .most_ms = WRITE_MS,
        .once = true,
        .resets = true,
        .refused = refused,
    };

    snprintf(doing, sizeof doing, "write of option bytes at 0x%08X", (unsigned)address);
    frame[0] = (uint8_t)(size - 1);
    memcpy(frame + 1, bytes, size);
    frame[1 + size] = an3155_checksum(frame, 1 + size);
    return an3155_request(rom, &request, problem);
}

int an3155_protect(struct an3155 *rom, enum an3155_code code, const char *doing, unsigned most_ms,
                   struct problem *problem)
{
    const struct an3155_request request = {
        .code = code,
        .doing = doing,
        .most_ms = most_ms,
        .take = an3155_take_end,
        .once = true,
        .resets = true,
    };

    return an3155_request(rom, &request, problem);
}
