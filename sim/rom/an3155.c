// an3155.c: serves AN3155 (Rev 19) as a ROM does: one command after the other.
// SPDX-License-Identifier: MIT
#include "an3155.h"

#include "behaviour.h"
#include "interface_selection.h"
#include "port.h"
#include "rom_flash.h"

#include <string.h>

enum {
    SYNC = 0x7F,
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
    MASS_ERASE = 0xFFFF,
    SPECIAL_ERASE = 0xFFF0, // and above: whole banks, reserved values
    POLL_MS = 20,
};

// One host at the other end of a line.
struct session {
    struct rom *rom;
    const struct port *port;
};

// What a command leaves to do after it.
enum next { NEXT_COMMAND, NEXT_GO, NEXT_RESET };

static void put(const struct session *session, unsigned byte)
{
    session->port->send(session->port->context, (uint8_t)byte);
}

// The next byte, or -1 when the run is being stopped.
static int get(const struct session *session)
{
    const struct port *port = session->port;

    while (!port->is_waiting(port->context)) {
        if (rom_is_over(session->rom)) {
            return -1;
        }
        port->wait(port->context, POLL_MS);
    }
    return port->take(port->context);
}

// Reads `count` bytes and the XOR of all of them and `checksum`. NACKs when it is wrong.
static bool get_checked(const struct session *session, uint8_t *bytes, size_t count,
                        uint8_t checksum)
{
    int last;

    for (size_t i = 0; i < count; i++) {
        bytes[i] = (uint8_t)get(session);
        checksum ^= bytes[i];
    }
    last = get(session);
    if (last != checksum) {
        put(session, NACK);
        return false;
    }
    return true;
}

static bool get_address(const struct session *session, uint32_t *address)
{
    uint8_t bytes[4];

    if (!get_checked(session, bytes, 4, 0)) {
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

static enum next get_commands(const struct session *session)
{
    const struct device *device = session->rom->chip->device;
    unsigned count = 0;

    while (device->rom_commands[count] != 0xFF) {
        count++;
    }
    put(session, ACK);
    put(session, count);
    put(session, device->an3155_version);
    for (unsigned i = 0; i < count; i++) {
        put(session, device->rom_commands[i]);
    }
    put(session, ACK);
    return NEXT_COMMAND;
}

static enum next get_version(const struct session *session)
{
    put(session, ACK);
    put(session, behaviour_quirk(session->rom, QUIRK_GET_VERSION_0X20)
                     ? 0x20
                     : session->rom->chip->device->an3155_version);
    put(session, 0); // two option bytes, kept for compatibility
    put(session, 0);
    put(session, ACK);
    return NEXT_COMMAND;
}

static enum next get_id(const struct session *session)
{
    unsigned product = session->rom->chip->device->product;

    put(session, ACK);
    put(session, 1); // two bytes follow
    put(session, product >> 8);
    put(session, product & 0xFF);
    put(session, ACK);
    return NEXT_COMMAND;
}

// Refuses an address of which the checksum was right.
static enum next refuse_address(const struct session *session)
{
    if (!behaviour_quirk(session->rom, QUIRK_NO_NACK_FOR_ADDRESS)) {
        put(session, NACK);
    }
    return NEXT_COMMAND;
}

static enum next read_memory(const struct session *session)
{
    uint32_t address;
    uint8_t length;
    const uint8_t *bytes;

    put(session, ACK);
    if (!get_address(session, &address)) {
        return NEXT_COMMAND;
    }
    if (!rom_flash_readable(session->rom->chip, address, 1)) {
        return refuse_address(session);
    }
    put(session, ACK);
    if (!get_checked(session, &length, 1, 0xFF)) {
        return NEXT_COMMAND;
    }
    bytes = rom_flash_readable(session->rom->chip, address, length + 1u);
    if (!bytes) {
        put(session, NACK);
        return NEXT_COMMAND;
    }
    put(session, ACK);
    for (unsigned i = 0; i <= length; i++) {
        put(session, bytes[i]);
    }
    return NEXT_COMMAND;
}

static enum next write_memory(const struct session *session)
{
    uint8_t bytes[BLOCK];
    uint32_t address;
    int last;

    put(session, ACK);
    if (!get_address(session, &address)) {
        return NEXT_COMMAND;
    }
    if (address % 4 || !rom_flash_writable(session->rom->chip, address)) {
        return refuse_address(session);
    }
    put(session, ACK);
    last = get(session);
    if (last < 0 || !get_checked(session, bytes, (size_t)last + 1, (uint8_t)last)) {
        return NEXT_COMMAND;
    }
    if ((last + 1) % 4 ||
        !rom_flash_write(session->rom->chip, address, bytes, (uint32_t)last + 1)) {
        put(session, NACK);
        return NEXT_COMMAND;
    }
    session->rom->bytes_written += (uint32_t)last + 1;
    put(session, ACK);
    return NEXT_COMMAND;
}

// Erases `count` pages whose numbers stand in `numbers`, high byte first.
static bool erase_pages(const struct session *session, const uint8_t *numbers, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        if (!rom_flash_erase(session->rom->chip,
                             (unsigned)numbers[2 * i] << 8 | numbers[2 * i + 1])) {
            return false;
        }
        session->rom->pages_erased++;
    }
    return true;
}

static enum next extended_erase(const struct session *session)
{
    static const unsigned most = 512;
    uint8_t head[2], numbers[2 * 512 + 2] = {0};
    unsigned count;

    put(session, ACK);
    head[0] = (uint8_t)get(session);
    head[1] = (uint8_t)get(session);
    count = (unsigned)head[0] << 8 | head[1];
    if (count >= SPECIAL_ERASE) {
        bool right = get(session) == (head[0] ^ head[1]);
        if (right && count == MASS_ERASE) {
            rom_flash_erase_all(session->rom->chip);
        }
        put(session, right && count == MASS_ERASE ? ACK : NACK);
        return NEXT_COMMAND;
    }
    if (count >= most) {
        put(session, NACK);
        return NEXT_COMMAND;
    }
    if (get_checked(session, numbers, 2 * (count + 1), head[0] ^ head[1])) {
        put(session, erase_pages(session, numbers, count + 1) ? ACK : NACK);
    }
    return NEXT_COMMAND;
}

static enum next go(const struct session *session, uint32_t *table)
{
    if (!behaviour_quirk(session->rom, QUIRK_GO_WITHOUT_FIRST_ACK)) {
        put(session, ACK);
    }
    if (!get_address(session, table)) {
        return NEXT_COMMAND;
    }
    if (!rom_flash_writable(session->rom->chip, *table)) { // flash or RAM
        put(session, NACK);
        return NEXT_COMMAND;
    }
    put(session, ACK);
    return behaviour_goes(session->rom, *table, &session->rom->why) ? NEXT_GO : NEXT_COMMAND;
}

// Protection ends in a system reset. Readout protection is kept; write protection is not
// modelled beyond the reset.
static enum next protect(const struct session *session, uint8_t command)
{
    uint8_t sectors[BLOCK];

    put(session, ACK);
    if (command == WRITE_PROTECT) {
        int last = get(session);
        if (last < 0 || !get_checked(session, sectors, (size_t)last + 1, (uint8_t)last)) {
            return NEXT_COMMAND;
        }
    }
    if (command == READOUT_UNPROTECT) {
        rom_flash_erase_all(session->rom->chip);
        session->rom->protected = false;
        option_bits_unset(session->rom->chip, OPTION_RDP_LEVEL_1);
    }
    if (command == READOUT_PROTECT) {
        session->rom->protected = true;
    }
    put(session, ACK);
    return NEXT_RESET;
}

// Level 1 is left by a mass erase only, level 2 not at all (AN2606 Rev 70, Section 4.1).
static bool is_open(const struct session *session, uint8_t command)
{
    int level = behaviour_protection(session->rom);

    return level == 0 || command == GET || command == GET_VERSION || command == GET_ID ||
           (level == 1 && command == READOUT_UNPROTECT);
}

static enum next run_command(const struct session *session, uint8_t command, uint32_t *table)
{
    bool known =
        lists(session->rom->chip->device, command) && command != SPECIAL && command != ERASE;

    if (!known || !is_open(session, command)) {
        bool memory = known && (command == READ_MEMORY || command == WRITE_MEMORY);
        if (memory && behaviour_quirk(session->rom, QUIRK_DOUBLE_NACK_PROTECTED)) {
            put(session, NACK);
        }
        put(session, NACK);
        return NEXT_COMMAND;
    }
    switch (command) {
    case GET:
        return get_commands(session);
    case GET_VERSION:
        return get_version(session);
    case GET_ID:
        return get_id(session);
    case READ_MEMORY:
        return read_memory(session);
    case WRITE_MEMORY:
        return write_memory(session);
    case EXTENDED_ERASE:
        return extended_erase(session);
    case GO:
        return go(session, table);
    default:
        return protect(session, command);
    }
}

static enum rom_end serve_commands(const struct session *session, uint32_t *table)
{
    for (;;) {
        int command = get(session);
        int complement = command < 0 ? -1 : get(session);
        enum next next = NEXT_COMMAND;

        if (command < 0 || complement < 0) {
            return ROM_STOPPED;
        }
        if ((command ^ complement) != 0xFF) {
            put(session, NACK);
        } else {
            next = run_command(session, (uint8_t)command, table);
        }
        if (next == NEXT_GO) {
            return ROM_GO;
        }
        if (next == NEXT_RESET) {
            chip_want_reset(session->rom->chip, RESET_SOFTWARE);
            return ROM_RESET;
        }
    }
}

static enum rom_end an3155_serve(struct rom *rom, struct rom_line *line, uint32_t *table)
{
    const struct session session = {rom, line->port};

    if (behaviour_quirk(rom, QUIRK_DOUBLE_ACK)) {
        put(&session, ACK);
    }
    put(&session, ACK);
    return serve_commands(&session, table);
}

static void an3155_discard(struct rom_line *line)
{
    const struct port *port = line->port;

    while (port->is_waiting(port->context)) {
        port->take(port->context);
    }
}

// A host begins with SYNC. Any other byte has the ROM measure a wrong baud rate, and nobody is
// understood until the next reset (AN2606 Rev 70, Figure 128, note 1).
static enum rom_greeting an3155_greet(struct rom *rom, struct rom_line *line, bool listens)
{
    const struct port *port = line->port;
    enum rom_greeting greeting = GREETING_NONE;

    while (port->is_waiting(port->context)) {
        uint8_t byte = port->take(port->context);
        if (!listens || !interface_selection_finds(rom, line->interface)) {
            greeting = GREETING_LOST;
            continue;
        }
        if (byte == SYNC) {
            return GREETING_HOST;
        }
        behaviour_note(rom, CONFIDENCE_DOCUMENTED,
                       "a byte other than 0x7F came first: it listens at a wrong baud rate");
        return GREETING_SPOILT;
    }
    return greeting;
}

const struct rom_protocol an3155_protocol = {an3155_greet, an3155_discard, an3155_serve};
