// flash_bench.h: what tests of flash controllers do on a chip without firmware.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_FLASH_BENCH_H
#define BOOTLEAP_TESTS_FLASH_BENCH_H

#include "bench.h"

#define FLASH 0x08000000u
#define KEY1  0x45670123u
#define KEY2  0xCDEF89ABu

// Longer than any operation takes, in instructions.
enum { LONG = 1000 };

uint32_t get(struct bench *bench, uint32_t address);
void put(struct bench *bench, uint32_t address, uint32_t value);
// Writes the two keys that most series have.
void unlock(struct bench *bench, uint32_t key_register);

// What the core does with a store to flash. False: it is a fault.
bool store(struct bench *bench, uint32_t address, unsigned size, uint32_t value);
uint32_t word(const struct bench *bench, uint32_t address);
// Fills all flash, so that what is erased is seen.
void fill(struct bench *bench, uint8_t byte);
// Flash is erased in this range, and neither before nor behind it.
void assert_erased(const struct bench *bench, uint32_t start, uint32_t size);

#endif
