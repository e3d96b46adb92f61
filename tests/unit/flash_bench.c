// flash_bench.c: what tests of flash controllers do on a chip without firmware.
// SPDX-License-Identifier: MIT
#include "flash_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

uint32_t get(struct bench *bench, uint32_t address)
{
    return bus_read(&bench->chip, address, 4);
}

void put(struct bench *bench, uint32_t address, uint32_t value)
{
    bus_write(&bench->chip, address, 4, value);
}

void unlock(struct bench *bench, uint32_t key_register)
{
    put(bench, key_register, KEY1);
    put(bench, key_register, KEY2);
}

bool store(struct bench *bench, uint32_t address, unsigned size, uint32_t value)
{
    struct block *flash = block_find(&bench->chip, "FLASH");

    return flash->type->flash_store(flash, chip_flash_home(&bench->chip, address), size, value);
}

uint32_t word(const struct bench *bench, uint32_t address)
{
    return memory_word(&bench->chip.memory, address);
}

void fill(struct bench *bench, uint8_t byte)
{
    const struct region *flash = &bench->chip.device->flash;

    memset(memory_at(&bench->chip.memory, flash->start, flash->size), byte, flash->size);
}

void assert_erased(const struct bench *bench, uint32_t start, uint32_t size)
{
    const struct region *flash = &bench->chip.device->flash;
    uint8_t erased = bench->chip.device->erased;
    const uint8_t *bytes = memory_at(&bench->chip.memory, flash->start, flash->size);

    for (uint32_t i = 0; i < flash->size; i++) {
        bool inside = flash->start + i - start < size;
        if ((bytes[i] == erased) != inside) {
            fail_msg("0x%08X is 0x%02X", (unsigned)(flash->start + i), bytes[i]);
        }
    }
}
