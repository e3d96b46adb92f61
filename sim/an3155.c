// an3155.c: serves AN3155 (Rev 19) as a ROM does: one command after the other.
// SPDX-License-Identifier: MIT
#include "an3155.h"

#include "journal.h"
#include "manners.h"
#include "rom_flash.h"

#include <string.h>

enum {
    ACK = 0x79,
    NACK = 0x1F,
    GET = 0x00,
    GET_VERSION = 0x01,
    GET_ID = 0x02,
    READ_MEMORY = 0x11,
    GO = 0x21,
    WRITE_MEMORY = 0x31,
    ERASE = 0x43,
    EXTENDED_ERASE = 0x44,
    SPECIAL = 0x50,
    WRITE_PROTECT = 0x63,
    WRITE_UNPROTECT = 0x73,
    READOUT_PROTECT = 0x82,
    READOUT_UNPROTECT = 0x92,

    BLOCK = 256,
    GLOBAL_ERASE = 0xFF,
    MASS_ERASE = 0xFFFF,
    SPECIAL_ERASE = 0xFFF0, // and above: whole banks, reserved values
    POLL_MS = 20,
};

// What a command leaves to do after it.
enum next { NEXT_COMMAND, NEXT_GO, NEXT_RESET };

static void put(struct rom *rom, unsigned byte)
{
    terminal_send(rom->line, (uint8_t)byte);
}

// The next byte, or -1 when the run is being stopped.
static int get(struct rom *rom)
{
    while (!terminal_waiting(rom->line)) {
        if (rom_is_over(rom)) {
            return -1;
        }
        terminal_wait(&rom->line, 1, POLL_MS);
    }
    return terminal_take(rom->line);
}

// Reads `count` bytes and the XOR of all of them and `checksum`. NACKs when it is wrong.
static bool get_checked(struct rom *rom, uint8_t *bytes, size_t count, uint8_t checksum)
{
    int last;

    for (size_t i = 0; i < count; i++) {
        bytes[i] = (uint8_t)get(rom);
        checksum ^= bytes[i];
    }
    last = get(rom);
    if (last != checksum) {
        put(rom, NACK);
        return false;
    }
    return true;
}

static bool get_address(struct rom *rom, uint32_t *address)
{
    uint8_t bytes[4];

    if (!get_checked(rom, bytes, 4, 0)) {
        return false;
    }
    *address =
        (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
    return true;
}

static bool lists(const struct device *device, uint8_t command)
{
    for (const uint8_t *listed = device->rom_commands; *listed != 0xFF; listed++) {
        if (*listed == command) {
            return true;
        }
    }
    return false;
}

static enum next get_commands(struct rom *rom)
{
    const struct device *device = rom->chip->device;
    unsigned count = 0;

    while (device->rom_commands[count] != 0xFF) {
        count++;
    }
    put(rom, ACK);
    put(rom, count);
    put(rom, device->an3155_version);
    for (unsigned i = 0; i < count; i++) {
        put(rom, device->rom_commands[i]);
    }
    put(rom, ACK);
    return NEXT_COMMAND;
}

static enum next get_version(struct rom *rom)
{
    put(rom, ACK);
    put(rom, manners_quirk(rom, QUIRK_GET_VERSION_0X20) ? 0x20 : rom->chip->device->an3155_version);
    put(rom, 0); // two option bytes, kept for compatibility
    put(rom, 0);
    put(rom, ACK);
    return NEXT_COMMAND;
}

static enum next get_id(struct rom *rom)
{
    unsigned product = rom->chip->device->product;

    put(rom, ACK);
    put(rom, 1); // two bytes follow
    put(rom, product >> 8);
    put(rom, product & 0xFF);
    put(rom, ACK);
    return NEXT_COMMAND;
}

// Refuses an address of which the checksum was right.
static enum next refuse_address(struct rom *rom)
{
    if (!manners_quirk(rom, QUIRK_NO_NACK_FOR_ADDRESS)) {
        put(rom, NACK);
    }
    return NEXT_COMMAND;
}

static enum next read_memory(struct rom *rom)
{
    uint32_t address;
    uint8_t length;
    const uint8_t *bytes;

    put(rom, ACK);
    if (!get_address(rom, &address)) {
        return NEXT_COMMAND;
    }
    if (!rom_flash_readable(rom->chip, address, 1)) {
        return refuse_address(rom);
    }
    put(rom, ACK);
    if (!get_checked(rom, &length, 1, 0xFF)) {
        return NEXT_COMMAND;
    }
    bytes = rom_flash_readable(rom->chip, address, length + 1u);
    if (!bytes) {
        put(rom, NACK);
        return NEXT_COMMAND;
    }
    put(rom, ACK);
    for (unsigned i = 0; i <= length; i++) {
        put(rom, bytes[i]);
    }
    return NEXT_COMMAND;
}

static enum next write_memory(struct rom *rom)
{
    uint8_t bytes[BLOCK];
    uint32_t address;
    int last;

    put(rom, ACK);
    if (!get_address(rom, &address)) {
        return NEXT_COMMAND;
    }
    if (address % 4 || !rom_flash_writable(rom->chip, address)) {
        return refuse_address(rom);
    }
    put(rom, ACK);
    last = get(rom);
    if (last < 0 || !get_checked(rom, bytes, (size_t)last + 1, (uint8_t)last)) {
        return NEXT_COMMAND;
    }
    if ((last + 1) % 4 || !rom_flash_write(rom->chip, address, bytes, (uint32_t)last + 1)) {
        put(rom, NACK);
        return NEXT_COMMAND;
    }
    rom->bytes_written += (uint32_t)last + 1;
    put(rom, ACK);
    return NEXT_COMMAND;
}

static bool erase_page(struct rom *rom, unsigned number)
{
    if (!rom_flash_erase(rom->chip, number)) {
        return false;
    }
    rom->pages_erased++;
    return true;
}

// Numbers of one byte each. The checksum of a global erase is the complement of its one byte
// (AN3155, Erase Memory command).
static enum next erase(struct rom *rom)
{
    uint8_t numbers[GLOBAL_ERASE];
    bool right = true;
    int last;

    put(rom, ACK);
    last = get(rom);
    if (last == GLOBAL_ERASE) {
        right = get(rom) == 0;
        if (right) {
            rom_flash_erase_all(rom->chip);
        }
        put(rom, right ? ACK : NACK);
        return NEXT_COMMAND;
    }
    if (last < 0 || !get_checked(rom, numbers, (size_t)last + 1, (uint8_t)last)) {
        return NEXT_COMMAND;
    }
    for (int i = 0; right && i <= last; i++) {
        right = erase_page(rom, numbers[i]);
    }
    put(rom, right ? ACK : NACK);
    return NEXT_COMMAND;
}

// Erases `count` pages whose numbers stand in `numbers`, high byte first.
static bool erase_pages(struct rom *rom, const uint8_t *numbers, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        if (!erase_page(rom, (unsigned)numbers[2 * i] << 8 | numbers[2 * i + 1])) {
            return false;
        }
    }
    return true;
}

static enum next extended_erase(struct rom *rom)
{
    static const unsigned most = 512;
    uint8_t head[2], numbers[2 * 512 + 2] = {0};
    unsigned count;

    put(rom, ACK);
    head[0] = (uint8_t)get(rom);
    head[1] = (uint8_t)get(rom);
    count = (unsigned)head[0] << 8 | head[1];
    if (count >= SPECIAL_ERASE) {
        bool right = get(rom) == (head[0] ^ head[1]);
        if (right && count == MASS_ERASE) {
            rom_flash_erase_all(rom->chip);
        }
        put(rom, right && count == MASS_ERASE ? ACK : NACK);
        return NEXT_COMMAND;
    }
    if (count >= most) {
        put(rom, NACK);
        return NEXT_COMMAND;
    }
    if (get_checked(rom, numbers, 2 * (count + 1), head[0] ^ head[1])) {
        put(rom, erase_pages(rom, numbers, count + 1) ? ACK : NACK);
    }
    return NEXT_COMMAND;
}

static enum next go(struct rom *rom, uint32_t *table)
{
    if (!manners_quirk(rom, QUIRK_GO_WITHOUT_FIRST_ACK)) {
        put(rom, ACK);
    }
    if (!get_address(rom, table)) {
        return NEXT_COMMAND;
    }
    if (!rom_flash_writable(rom->chip, *table)) { // flash or RAM
        put(rom, NACK);
        return NEXT_COMMAND;
    }
    put(rom, ACK);
    return manners_goes(rom, *table, &rom->why) ? NEXT_GO : NEXT_COMMAND;
}

// Protection ends in a system reset. Readout protection is kept; write protection is not
// modelled beyond the reset.
static enum next protect(struct rom *rom, uint8_t command)
{
    uint8_t sectors[BLOCK];

    put(rom, ACK);
    if (command == WRITE_PROTECT) {
        int last = get(rom);
        if (last < 0 || !get_checked(rom, sectors, (size_t)last + 1, (uint8_t)last)) {
            return NEXT_COMMAND;
        }
    }
    if (command == READOUT_UNPROTECT) {
        rom_flash_erase_all(rom->chip);
        rom->protected = false;
        options_unset(rom->chip, OPTION_RDP_LEVEL_1);
    }
    if (command == READOUT_PROTECT) {
        rom->protected = true;
    }
    put(rom, ACK);
    return NEXT_RESET;
}

// Level 1 is left by a mass erase only, level 2 not at all (AN2606 Rev 70, Section 4.1).
static bool is_open(const struct rom *rom, uint8_t command)
{
    int level = manners_protection(rom);

    return level == 0 || command == GET || command == GET_VERSION || command == GET_ID ||
           (level == 1 && command == READOUT_UNPROTECT);
}

static enum next run_command(struct rom *rom, uint8_t command, uint32_t *table)
{
    bool known = lists(rom->chip->device, command) && command != SPECIAL;

    if (!known || !is_open(rom, command)) {
        bool memory = known && (command == READ_MEMORY || command == WRITE_MEMORY);
        if (memory && manners_quirk(rom, QUIRK_DOUBLE_NACK_PROTECTED)) {
            put(rom, NACK);
        }
        put(rom, NACK);
        return NEXT_COMMAND;
    }
    switch (command) {
    case GET:
        return get_commands(rom);
    case GET_VERSION:
        return get_version(rom);
    case GET_ID:
        return get_id(rom);
    case READ_MEMORY:
        return read_memory(rom);
    case WRITE_MEMORY:
        return write_memory(rom);
    case ERASE:
        return erase(rom);
    case EXTENDED_ERASE:
        return extended_erase(rom);
    case GO:
        return go(rom, table);
    default:
        return protect(rom, command);
    }
}

enum rom_end an3155_serve(struct rom *rom, uint32_t *table)
{
    if (manners_quirk(rom, QUIRK_DOUBLE_ACK)) {
        put(rom, ACK);
    }
    put(rom, ACK);
    for (;;) {
        int command = get(rom);
        int complement = command < 0 ? -1 : get(rom);
        enum next next = NEXT_COMMAND;

        if (command < 0 || complement < 0) {
            return ROM_STOPPED;
        }
        if ((command ^ complement) != 0xFF) {
            put(rom, NACK);
        } else {
            next = run_command(rom, (uint8_t)command, table);
        }
        if (next == NEXT_GO) {
            return ROM_GO;
        }
        if (next == NEXT_RESET) {
            chip_want_reset(rom->chip, RESET_SOFTWARE);
            return ROM_RESET;
        }
    }
}
