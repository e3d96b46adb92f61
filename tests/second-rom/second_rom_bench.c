// second_rom_bench.c: talks to a second ROM on a clock of its own.
// SPDX-License-Identifier: MIT
#include "second_rom_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const uint8_t commands[] = {0x00, 0x01, 0x02, 0x11, 0x21, 0x31,
                                   0x44, 0x63, 0x73, 0x82, 0x92};

const struct second_rom_config second_rom_small = {
    .protocol_version = 0x31,
    .product = 0x467,
    .commands = commands,
    .command_count = sizeof commands,
    .byte_us = BYTE_US,
    .pages = {{FLASH, 0, 2, 1024, 20000}, {FLASH + 2048, 10, 2, 1024, 20000}},
    .bank_bytes = 2048,
    .program_bytes = 8,
    .program_us = 85,
    .erased = 0xFF,
    .ram = {0x20001000, 0x1000},
    .system_memory = {0x1FFF0000, 0x1000},
    .options = {{0x1FFF7800, 0x80, {0xAA}}},
    .cells = {{0x1FFF75E0, 2, 64}, {0x1FFF6FFE, 1, 0x92}},
    .allowed = {{FLASH, 1024}},
};

void say(struct bench *bench, const uint8_t *bytes, size_t size)
{
    struct second_rom_answer answer;

    for (size_t i = 0; i < size; i++) {
        bench->now_us += BYTE_US;
        second_rom_byte(bench->rom, bytes[i], bench->now_us);
    }
    bench->count = 0;
    while (second_rom_next(bench->rom, &answer)) {
        bench->answers[bench->count++] = answer.byte;
        bench->now_us = answer.at_us > bench->now_us ? answer.at_us : bench->now_us;
        second_rom_take(bench->rom);
    }
}

void set_up(struct bench *bench, const struct second_rom_config *config)
{
    *bench = (struct bench){.rom = second_rom_new(config)};
    assert_non_null(bench->rom);
    SAY(bench, 0x7F);
    ANSWERS(bench, ACK);
}
