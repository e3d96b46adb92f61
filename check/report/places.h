// places.h: where in the program something is: function, file and line, and who called it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_PLACES_H
#define BOOTLEAP_CHECK_PLACES_H

#include "event.h"
#include "firmware.h"
#include "source_lines.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

enum { PLACES_MOST = 1024 }; // addresses whose lines are looked up; others have none

// Addresses are noted first, because all lines are read at once.
struct places {
    const struct firmware *firmware;
    uint32_t asked[PLACES_MOST];
    size_t count;
    struct source_lines lines;
};

void places_open(struct places *places, const struct firmware *firmware);
void places_close(struct places *places);

// Notes the address, and those of the calls that led there.
void places_note(struct places *places, uint32_t pc, const struct frame *frames);

// Reads the lines of what was noted, where this build can. Without them nothing has a line.
void places_read(struct places *places);

// The place as JSON: pc, at, function, file, line, callers. `pc` 0: null.
json_t *places_pack(const struct places *places, uint32_t pc, const struct frame *frames);

// The same into an object that has more: adds its keys.
void places_add(const struct places *places, uint32_t pc, const struct frame *frames,
                json_t *object);

#endif
