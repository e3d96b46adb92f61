// fake_rom.h: the state of the chip that fake_rom plays, and its serial line.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_FAKE_ROM_H
#define BOOTLEAP_TESTS_FAKE_ROM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { FLASH = 0x08000000, FLASH_MAX = 0x200000, RUNS = 8, NOTHING = -1 };

struct run {
    unsigned count, size, first;
    uint32_t start;
};

struct chip {
    int line, other_end;
    const char *link; // to the pty
    unsigned product, id, id_at, unit, erase, bank2, ask_baud, greet, late, button, id12;
    bool guarded, read_breaks, mute, stuck;
    const char *ask, *banner, *chatter, *dump;
    char fault_kind[16], fault_step[32];
    unsigned fault_at, fault_seen;
    struct run runs[RUNS];
    uint32_t flash_size;
    uint8_t *flash;
    bool in_rom, in_sync, written, broken;
    FILE *log;
};

// Opens the pty, with a link to it at `link`, and lets SIGTERM end the program.
void line_open(struct chip *chip, const char *link);

// One byte, or NOTHING after `wait_ms` (-1: for ever).
int get(struct chip *chip, int wait_ms);
void put(struct chip *chip, const void *bytes, size_t size);
void put_byte(struct chip *chip, uint8_t byte);

// Writes the dump and ends the program; close_line hangs up before.
_Noreturn void finish(struct chip *chip);
_Noreturn void close_line(struct chip *chip);

// Whether the fault is to happen at this step, which is counted.
bool due(struct chip *chip, const char *step);
bool fault_is(const struct chip *chip, const char *kind);

// Answers ACK and returns true, or does what the fault of this step says.
bool ack(struct chip *chip, const char *step);

// Sends the data of an answer; a fault sends half of it, or all with one wrong byte.
bool put_data(struct chip *chip, const char *step, uint8_t *bytes, size_t size);

// Plays the chip until the program is ended.
_Noreturn void play(struct chip *chip);

#endif
