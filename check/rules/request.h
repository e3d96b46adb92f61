// request.h: the word that carries a request for the ROM over a reset: who checks and stores it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_REQUEST_H
#define BOOTLEAP_CHECK_REQUEST_H

#include "bootleap_image.h"
#include "walk.h"

#include <stdbool.h>
#include <stdint.h>

struct request {
    uint32_t address;
    uint32_t value, mask;      // what it is compared with: the bits under `mask`
    bool is_mark;              // bootleap's
    bool in_backup;            // it is a backup register of some device, not RAM
    const struct event *check; // NULL: nothing was seen that checks it
    const struct reset_site
        *site;                 // a reset that comes with the request stored; NULL: none was seen
    const struct word *stored; // by whom
};

// Whether `word` was written after the other one. Numbers count events, so stores with none in
// between have the same one: then code runs upwards.
bool request_is_later(const struct word *word, const struct word *before);

// Whether it is compared with a byte, or with a number that counters, states and flags have.
bool request_is_small(const struct request *request);

// Whether an address is that of a backup register, on any device.
bool request_is_backup(uint32_t address);

// The request on which an entry depends: the word whose comparison was the last one to hold before
// the branch; of several that one reset stores, the one that it stores last. One that a reset site
// stores comes before one that nobody stores; a comparison with a byte alone is none. Where the
// walk began in the application, only what is stored for a reset is one: a number that is not small
// and no address, by the function that resets or by one that called it; and not bootleap's mark.
// False: it depends on none.
bool request_of_entry(const struct walk *walk, const struct rom_entry *entry,
                      const struct bootleap_image *bootleap, struct request *request);

// The `index`th word of RAM or backup register that this reset finds with a constant which no
// counter has, and which is not pushed on the initial stack; false: there are no more.
bool request_of_site(const struct firmware *firmware, const struct reset_site *site, size_t index,
                     struct request *request);

// Whether the word that a reset comes with is a request by the look of it: a number that is no
// address on any device, stored by the function that resets or by one that called it.
bool request_is_on_purpose(const struct firmware *firmware, const struct request *request);

// How people read it: "boot_reason (0x20000010)", "0x20000010".
void request_name(const struct firmware *firmware, uint32_t address, char *name, size_t room);

#endif
