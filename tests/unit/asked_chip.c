// asked_chip.c: a chip of which a few words can be read, for tests of what the tool asks.
// SPDX-License-Identifier: MIT
#include "asked_chip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { BLOCK = 256 };

static int read_chip(struct bootloader *bootloader, uint32_t address, uint32_t size, uint8_t *bytes,
                     struct problem *problem)
{
    struct asked_chip *chip = (struct asked_chip *)bootloader;

    assert_true(size > 0 && size <= BLOCK);
    if (chip->is_gone) {
        return problem_set(problem, EXIT_FAILED, NULL, "gone");
    }
    if (chip->refuses_all || address == chip->refused) {
        return problem_set(problem, EXIT_REFUSED, NULL, "NACK");
    }
    chip->bytes_read += size;
    memset(bytes, 0xFF, size);
    for (size_t i = 0; i < ASKED_WORDS; i++) {
        for (uint32_t byte = 0; byte < 4; byte++) {
            uint32_t offset = chip->words[i].address + byte - address;
            if (chip->words[i].address && offset < size) {
                bytes[offset] = (uint8_t)(chip->words[i].value >> (8 * byte));
            }
        }
    }
    return 0;
}

static const struct bootloader_ops ops = {.read = read_chip};

struct asked_chip asked_chip_of(const char *slug)
{
    struct asked_chip chip = {.base = {.ops = &ops, .port = "here", .block_bytes = BLOCK}};

    chip.target.device = device_find(slug);
    assert_non_null(chip.target.device);
    return chip;
}

void asked_chip_put(struct asked_chip *chip, uint32_t address, uint32_t value)
{
    size_t i = 0;

    while (chip->words[i].address && chip->words[i].address != address) {
        i++;
    }
    assert_true(i < ASKED_WORDS);
    chip->words[i].address = address;
    chip->words[i].value = value;
}

void asked_chip_ask(struct asked_chip *chip, const char *named)
{
    chip->target.bootloader = &chip->base;
    assert_int_equal(target_ask(&chip->target, named, &chip->problem), 0);
}
