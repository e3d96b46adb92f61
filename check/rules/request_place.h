// request_place.h: whether the place of a request keeps it over a reset, on one device.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_REQUEST_PLACE_H
#define BOOTLEAP_CHECK_REQUEST_PLACE_H

#include "devices.h"
#include "request.h"

#include <stdbool.h>
#include <stdint.h>

enum place {
    PLACE_UNKNOWN, // nobody has typed the RAMs of this row
    PLACE_NOWHERE, // this device has neither RAM nor a backup register there
    PLACE_RAM,
    PLACE_BACKUP,
};

enum place request_place(const struct device *device, const struct request *request,
                         const struct ram **ram);

// Whether bits of a register were set when so many events had happened. Events of the walk are
// asked first. Where none wrote the register it is as a reset leaves it: off, only if the walk
// began at one and followed all calls and loops.
enum whether request_bits_set(const struct device *device, const struct event *events,
                              unsigned number, enum entry_origin origin, uint32_t address,
                              uint32_t mask);

// A clock of the backup registers that is off when `check` reads one on the way from the reset;
// NULL: none is, as far as the walk knows, or `check` is NULL.
const struct register_write *request_clock_off(const struct device *device,
                                               const struct event *check);

// Whether a RAM with an error code has lost the request when the reset came: it keeps the last unit
// of `ecc_bytes` back until it is whole, and with `loses_last` until another store comes.
bool request_is_lost_by_ecc(const struct ram *ram, const struct request *request,
                            uint32_t initial_sp);

#endif
