// second_rom_inside.h: what the second ROM's own files share: its state.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_SECOND_ROM_INSIDE_H
#define BOOTLEAP_TESTS_SECOND_ROM_INSIDE_H

#include "second_rom.h"

// What the next bytes are.
enum stage {
    STAGE_SYNC,
    STAGE_COMMAND,
    STAGE_ADDRESS,  // 4 bytes, checksum
    STAGE_LENGTH,   // count - 1, its complement
    STAGE_DATA,     // count - 1, bytes, checksum
    STAGE_PAGES,    // of Erase: count - 1, numbers, checksum; or FF 00
    STAGE_EXTENDED, // the same in half-words; or FFFx and a checksum
    STAGE_SECTORS,  // of Write Protect
    STAGE_AWAY,     // an application runs, or nothing
    STAGE_DEAF,     // it listens at a wrong baud rate
};

struct second_rom {
    struct second_rom_config config;
    struct second_rom_log log;
    enum stage stage;
    uint8_t command;
    uint32_t address;
    uint8_t frame[SECOND_ROM_FRAME];
    size_t got, need; // bytes of this frame
    uint8_t exclusive_or;
    uint64_t now_us; // of what it does; runs ahead of the line while it works
    bool holds;      // a byte came while it was busy
    uint8_t held;
    struct second_rom_answer answers[SECOND_ROM_ANSWERS];
    size_t first_answer, answer_count;
    bool has_power;
    unsigned cut_after; // operations; 0: never
    unsigned readout_protection;
    unsigned protected_first, protected_count;
    uint32_t flash_start, flash_size;
    uint8_t *flash;
    bool *unit_taken;                     // has been programmed since it was erased
    uint32_t changed_first, changed_last; // offsets that may differ from erased flash
    bool has_read;                        // flash, since the last write to it
    uint64_t flash_free_us;               // the end of an erase that it has not waited for
    uint8_t *ram;
    struct second_rom_options options[SECOND_ROM_AREAS];
};

// second_rom.c
void second_rom_answer(struct second_rom *rom, uint8_t byte);
void second_rom_reset(struct second_rom *rom);
void second_rom_expect(struct second_rom *rom, enum stage stage, size_t need);

// second_rom_commands.c: a frame has got the bytes that it needs. It may need more.
void second_rom_command(struct second_rom *rom);
void second_rom_frame(struct second_rom *rom);

// second_rom_memory.c
enum second_rom_place { PLACE_NOWHERE, PLACE_FLASH, PLACE_RAM, PLACE_SYSTEM, PLACE_OPTIONS };
enum second_rom_place second_rom_place(const struct second_rom *rom, uint32_t address);
uint8_t second_rom_read(const struct second_rom *rom, uint32_t address);
// False when the flash refused something.
bool second_rom_write(struct second_rom *rom, uint32_t address, const uint8_t *bytes, size_t size);
bool second_rom_in_second_bank(const struct second_rom *rom, unsigned number);
void second_rom_erase_page(struct second_rom *rom, unsigned number);
// Bank 1, 2, or 0 for everything. False where there is no such bank.
bool second_rom_erase_bank(struct second_rom *rom, unsigned bank);

#endif
