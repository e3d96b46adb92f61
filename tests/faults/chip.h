// chip.h: a second ROM with the facts of a row of the device table.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_CHIP_H
#define BOOTLEAP_TESTS_CHIP_H

#include "devices.h"
#include "second_rom.h"

// What AN3155 leaves open: whether a write that the flash refuses gets a NACK, or an ACK all the
// same.
enum chip_errors { CHIP_ANSWERS_ACK, CHIP_ANSWERS_NACK };

// The line's largest chip with this version of its ROM, 0 for the newest, as it is delivered. NULL
// when there is no memory.
// `defects` of enum second_rom_defect come on top of the row's.
struct second_rom *chip_new(const struct device *device, uint16_t version, enum chip_errors errors,
                            unsigned defects);

#endif
