// an3155_options.c: programs option bytes, and changes protection, over AN3155.
// SPDX-License-Identifier: MIT
#include "an3155_options.h"

#include "an3155_request.h"

#include <stdio.h>

enum { DOING_BYTES = 48 };

static const char refused[] =
    "bootleap option list, which says what this ROM can write, and bootleap info";

int an3155_write_options(struct an3155 *rom, uint32_t address, uint32_t size, const uint8_t *bytes,
                         struct problem *problem)
{
    char doing[DOING_BYTES];
    const struct an3155_request how = {
        .doing = doing, .part = "option bytes", .resets = true, .refused = refused};

    snprintf(doing, sizeof doing, "write of option bytes at 0x%08X", (unsigned)address);
    return an3155_request_write(rom, &how, address, size, bytes, problem);
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
