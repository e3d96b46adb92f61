// second_rom_commands.c: the second ROM's commands: which frames each takes, and what it does.
// SPDX-License-Identifier: MIT
//
// AN3155, chapter 3: one section a command.
#include "second_rom_inside.h"

#include <string.h>

enum { ACK = 0x79, NACK = 0x1F, SYNC = 0x7F };

enum command {
    GET = 0x00,
    GET_VERSION = 0x01,
    GET_ID = 0x02,
    READ = 0x11,
    GO = 0x21,
    WRITE = 0x31,
    ERASE = 0x43,
    EXTENDED_ERASE = 0x44,
    SPECIAL = 0x50,
    EXTENDED_SPECIAL = 0x51,
    WRITE_PROTECT = 0x63,
    WRITE_UNPROTECT = 0x73,
    READOUT_PROTECT = 0x82,
    READOUT_UNPROTECT = 0x92,
    GET_CHECKSUM = 0xA1,
};

static void finish(struct second_rom *rom, uint8_t answer)
{
    second_rom_answer(rom, answer);
    second_rom_expect(rom, STAGE_COMMAND, 2);
}

static void go_on(struct second_rom *rom, enum stage stage, size_t need)
{
    second_rom_answer(rom, ACK);
    second_rom_expect(rom, stage, need);
}

static void get(struct second_rom *rom)
{
    second_rom_answer(rom, ACK);
    second_rom_answer(rom, (uint8_t)rom->config.command_count);
    second_rom_answer(rom, rom->config.protocol_version);
    for (size_t i = 0; i < rom->config.command_count; i++) {
        second_rom_answer(rom, rom->config.commands[i]);
    }
    finish(rom, ACK);
}

static void get_version(struct second_rom *rom)
{
    const struct second_rom_config *config = &rom->config;

    second_rom_answer(rom, ACK);
    second_rom_answer(rom, config->get_version ? config->get_version : config->protocol_version);
    second_rom_answer(rom, 0);
    second_rom_answer(rom, 0);
    finish(rom, ACK);
}

static void get_id(struct second_rom *rom)
{
    second_rom_answer(rom, ACK);
    second_rom_answer(rom, 1);
    second_rom_answer(rom, (uint8_t)(rom->config.product >> 8));
    second_rom_answer(rom, (uint8_t)rom->config.product);
    finish(rom, ACK);
}

// Both commands without a frame that change option bytes: what is done comes between the two ACKs,
// and a system reset behind the second.
static void change_protection(struct second_rom *rom)
{
    second_rom_answer(rom, ACK);
    rom->log.protections++;
    if (rom->command == WRITE_UNPROTECT) {
        rom->protected_count = 0;
    } else if (rom->command == READOUT_PROTECT) {
        rom->readout_protection = 1;
    } else {
        if (rom->readout_protection == 1) { // the way from level 1 to 0 erases everything
            second_rom_erase_bank(rom, 0);
            memset(rom->ram, 0, rom->config.ram.size);
        }
        rom->readout_protection = 0;
    }
    second_rom_answer(rom, ACK);
    second_rom_reset(rom);
}

static bool allowed_under_protection(uint8_t command)
{
    return command == GET || command == GET_VERSION || command == GET_ID ||
           command == READOUT_UNPROTECT;
}

// Special commands are listed by some ROMs. What they do differs from chip to chip: here nothing.
static bool is_special(uint8_t command)
{
    return command == SPECIAL || command == EXTENDED_SPECIAL || command == GET_CHECKSUM;
}

static bool serves(const struct second_rom *rom)
{
    if (rom->frame[0] + rom->frame[1] != 0xFF || is_special(rom->frame[0]) ||
        memchr(rom->config.commands, rom->frame[0], rom->config.command_count) == NULL) {
        return false;
    }
    return rom->readout_protection == 0 || allowed_under_protection(rom->frame[0]);
}

static void refuse_command(struct second_rom *rom)
{
    uint8_t command = rom->frame[0];
    bool known = command + rom->frame[1] == 0xFF;

    if (rom->config.defects & SECOND_ROM_DOUBLE_NACK_OF_SYNC && command == SYNC) {
        second_rom_answer(rom, NACK);
    }
    if (known && rom->config.defects & SECOND_ROM_DOUBLE_NACK && rom->readout_protection &&
        (command == READ || command == WRITE)) {
        second_rom_answer(rom, NACK);
    }
    finish(rom, NACK);
}

// Commands whose first answer is not the whole of it: what comes next.
static void await_frame(struct second_rom *rom)
{
    bool silent = rom->command == GO && rom->config.defects & SECOND_ROM_NO_FIRST_ACK_OF_GO;

    if (silent) {
        second_rom_expect(rom, STAGE_ADDRESS, 5);
    } else if (rom->command == ERASE) {
        go_on(rom, STAGE_PAGES, 2);
    } else if (rom->command == EXTENDED_ERASE) {
        go_on(rom, STAGE_EXTENDED, 3);
    } else if (rom->command == WRITE_PROTECT) {
        go_on(rom, STAGE_SECTORS, 1);
    } else {
        go_on(rom, STAGE_ADDRESS, 5);
    }
}

void second_rom_command(struct second_rom *rom)
{
    if (!serves(rom)) {
        refuse_command(rom);
        return;
    }
    rom->command = rom->frame[0];
    switch (rom->command) {
    case GET:
        get(rom);
        break;
    case GET_VERSION:
        get_version(rom);
        break;
    case GET_ID:
        get_id(rom);
        break;
    case WRITE_UNPROTECT:
    case READOUT_PROTECT:
    case READOUT_UNPROTECT:
        change_protection(rom);
        break;
    default:
        await_frame(rom);
    }
}

static bool valid_address(const struct second_rom *rom)
{
    enum second_rom_place place = second_rom_place(rom, rom->address);

    if (rom->command == GO) {
        return place == PLACE_FLASH || place == PLACE_RAM;
    }
    if (rom->command == WRITE && rom->config.words_only && rom->address % 4) {
        return false;
    }
    if (rom->command == WRITE) {
        return place != PLACE_NOWHERE && place != PLACE_SYSTEM;
    }
    return place != PLACE_NOWHERE;
}

static void start_application(struct second_rom *rom)
{
    second_rom_answer(rom, ACK);
    if (rom->config.defects & SECOND_ROM_GO_FAILS) {
        second_rom_expect(rom, STAGE_COMMAND, 2); // AN2606 does not say what comes instead
        return;
    }
    rom->log.starts++;
    rom->log.started_at = rom->address;
    rom->stage = STAGE_AWAY;
}

static void address(struct second_rom *rom)
{
    const uint8_t *byte = rom->frame;

    rom->address =
        (uint32_t)byte[0] << 24 | (uint32_t)byte[1] << 16 | (uint32_t)byte[2] << 8 | byte[3];
    if (rom->exclusive_or != 0) {
        finish(rom, NACK);
    } else if (!valid_address(rom)) {
        if (rom->config.defects & SECOND_ROM_NO_NACK_FOR_ADDRESS && rom->command != GO) {
            second_rom_expect(rom, STAGE_COMMAND, 2);
            return;
        }
        finish(rom, NACK);
    } else if (rom->command == GO) {
        start_application(rom);
    } else if (rom->command == READ) {
        go_on(rom, STAGE_LENGTH, 2);
    } else {
        go_on(rom, STAGE_DATA, 1);
    }
}

static void read_memory(struct second_rom *rom)
{
    unsigned count = rom->frame[0] + 1u;

    if (rom->frame[0] + rom->frame[1] != 0xFF) {
        finish(rom, NACK);
        return;
    }
    second_rom_answer(rom, ACK);
    rom->has_read |= second_rom_place(rom, rom->address) == PLACE_FLASH;
    for (unsigned i = 0; i < count; i++) {
        second_rom_answer(rom, second_rom_read(rom, rom->address + i));
    }
    second_rom_expect(rom, STAGE_COMMAND, 2);
}

// Behind a write to the option bytes there is a system reset.
static void write_memory(struct second_rom *rom)
{
    size_t count = rom->frame[0] + 1u;

    if (rom->need == 1) {
        rom->need = count + 2;
        return;
    }
    bool options = second_rom_place(rom, rom->address) == PLACE_OPTIONS;
    if (rom->exclusive_or != 0) {
        finish(rom, NACK);
        return;
    }
    if (rom->config.words_only && count % 4) {
        finish(rom, NACK);
        return;
    }
    bool done = second_rom_write(rom, rom->address, rom->frame + 1, count);
    finish(rom, done || rom->config.stays_silent_on_flash_errors ? ACK : NACK);
    if (options) {
        second_rom_reset(rom);
    }
}

static bool erase_banks(struct second_rom *rom, unsigned bank)
{
    unsigned lacks = bank ? SECOND_ROM_NO_BANK_ERASE : SECOND_ROM_NO_MASS_ERASE;

    return (rom->config.defects & lacks) == 0 && second_rom_erase_bank(rom, bank);
}

static unsigned page_number(const struct second_rom *rom, size_t bytes, size_t index)
{
    const uint8_t *number = rom->frame + bytes + bytes * index;

    return bytes == 1 ? *number : (unsigned)number[0] << 8 | number[1];
}

// A frame with a head and page numbers of so many bytes each, of which those that fit into RAM
// count. AN3155 knows no error for a page that does not exist.
static void erase_pages(struct second_rom *rom, size_t bytes, size_t count)
{
    const struct second_rom_config *config = &rom->config;
    size_t fit = sizeof rom->frame / bytes - 1;

    if (config->most_pages && count > config->most_pages) {
        finish(rom, NACK);
        return;
    }
    for (size_t i = 0; i < count && i < fit; i++) {
        unsigned number = page_number(rom, bytes, i);
        second_rom_erase_page(rom, number);
        if (config->defects & SECOND_ROM_FIRST_PAGE_ONLY) {
            break;
        }
        if (config->defects & SECOND_ROM_SECOND_BANK_ONCE && i + 1 < count &&
            second_rom_in_second_bank(rom, number)) {
            finish(rom, NACK);
            return;
        }
    }
    finish(rom, ACK);
}

// 255 asks for everything; its checksum is its complement, and not itself.
static void erase(struct second_rom *rom)
{
    size_t count = rom->frame[0] + 1u;

    if (rom->frame[0] == 0xFF) {
        bool right = rom->frame[1] == 0x00;
        finish(rom, right && erase_banks(rom, 0) ? ACK : NACK);
        return;
    }
    if (rom->got < count + 2) {
        rom->need = count + 2;
        return;
    }
    if (rom->exclusive_or != 0) {
        finish(rom, NACK);
        return;
    }
    erase_pages(rom, 1, count);
}

// FFFF: everything, FFFE: bank 1, FFFD: bank 2, FFF0 to FFFC: reserved.
static void erase_special(struct second_rom *rom, unsigned code)
{
    bool done = rom->exclusive_or == 0 && code >= 0xFFFD && erase_banks(rom, 0xFFFF - code);

    finish(rom, done ? ACK : NACK);
}

static void extended_erase(struct second_rom *rom)
{
    unsigned code = (unsigned)rom->frame[0] << 8 | rom->frame[1];
    size_t count = code + 1u;

    if (code >= 0xFFF0) {
        erase_special(rom, code);
        return;
    }
    if (rom->got < 2 * count + 3) {
        rom->need = 2 * count + 3;
        return;
    }
    if (rom->exclusive_or != 0) {
        finish(rom, NACK);
        return;
    }
    erase_pages(rom, 2, count);
}

// How many pages a sector of Write Protect has differs between chips: here it is one.
static void write_protect(struct second_rom *rom)
{
    size_t count = rom->frame[0] + 1u;

    if (rom->got < count + 2) {
        rom->need = count + 2;
        return;
    }
    if (rom->exclusive_or != 0) {
        finish(rom, NACK);
        return;
    }
    rom->log.protections++;
    rom->protected_first = rom->frame[1];
    rom->protected_count = (unsigned)count;
    second_rom_answer(rom, ACK);
    second_rom_reset(rom);
}

void second_rom_frame(struct second_rom *rom)
{
    switch (rom->stage) {
    case STAGE_ADDRESS:
        address(rom);
        break;
    case STAGE_LENGTH:
        read_memory(rom);
        break;
    case STAGE_DATA:
        write_memory(rom);
        break;
    case STAGE_PAGES:
        erase(rom);
        break;
    case STAGE_EXTENDED:
        extended_erase(rom);
        break;
    default:
        write_protect(rom);
    }
}
