// an3155.c: serves AN3155 (Rev 19) as a ROM does: one command after the other.
// SPDX-License-Identifier: MIT
#include "an3155.h"

#include "an3155_bytes.h"
#include "behaviour.h"
#include "commands.h"
#include "interface_selection.h"
#include "rom_options.h"

enum {
    SYNC = 0x7F,
    BLOCK = 256,
    GLOBAL_ERASE = 0xFF,
    MASS_ERASE = 0xFFFF,
    FIRST_BANK_ERASE = 0xFFFE,
    SECOND_BANK_ERASE = 0xFFFD,
    SPECIAL_ERASE = 0xFFF0, // and above
};

// What a command leaves to do after it.
enum next { NEXT_COMMAND, NEXT_GO, NEXT_RESET };

static enum next get_commands(const struct an3155_session *session)
{
    const struct device *device = session->rom->chip->device;
    unsigned count = 0;

    while (device->rom_commands[count] != 0xFF) {
        count++;
    }
    an3155_put(session, AN3155_ACK);
    an3155_put(session, count);
    an3155_put(session, device->an3155_version);
    for (unsigned i = 0; i < count; i++) {
        an3155_put(session, device->rom_commands[i]);
    }
    an3155_put(session, AN3155_ACK);
    return NEXT_COMMAND;
}

static enum next get_version(const struct an3155_session *session)
{
    an3155_put(session, AN3155_ACK);
    an3155_put(session, behaviour_quirk(session->rom, QUIRK_GET_VERSION_0X20)
                            ? 0x20
                            : session->rom->chip->device->an3155_version);
    an3155_put(session, 0); // two option bytes, kept for compatibility
    an3155_put(session, 0);
    an3155_put(session, AN3155_ACK);
    return NEXT_COMMAND;
}

static enum next get_id(const struct an3155_session *session)
{
    unsigned product = session->rom->chip->device->product;

    an3155_put(session, AN3155_ACK);
    an3155_put(session, 1); // two bytes follow
    an3155_put(session, product >> 8);
    an3155_put(session, product & 0xFF);
    an3155_put(session, AN3155_ACK);
    return NEXT_COMMAND;
}

// Refuses an address of which the checksum was right.
static enum next refuse_address(const struct an3155_session *session)
{
    if (!behaviour_quirk(session->rom, QUIRK_NO_NACK_FOR_ADDRESS)) {
        an3155_put(session, AN3155_NACK);
    }
    return NEXT_COMMAND;
}

static enum next read_memory(const struct an3155_session *session)
{
    uint32_t address;
    uint8_t length;

    an3155_put(session, AN3155_ACK);
    if (!an3155_get_address(session, &address)) {
        return NEXT_COMMAND;
    }
    if (!commands_shows(session->rom, address)) {
        return refuse_address(session);
    }
    an3155_put(session, AN3155_ACK);
    if (!an3155_get_checked(session, &length, 1, 0xFF)) {
        return NEXT_COMMAND;
    }
    an3155_put(session, AN3155_ACK);
    for (unsigned i = 0; i <= length; i++) {
        an3155_put(session, commands_read(session->rom, address + i));
    }
    return NEXT_COMMAND;
}

static enum next write_memory(const struct an3155_session *session)
{
    uint8_t bytes[BLOCK];
    uint32_t address;
    int last;

    an3155_put(session, AN3155_ACK);
    if (!an3155_get_address(session, &address)) {
        return NEXT_COMMAND;
    }
    bool options = rom_options_take(session->rom, address);
    if (address % 4 || !(options || commands_takes(session->rom, address))) {
        return refuse_address(session);
    }
    an3155_put(session, AN3155_ACK);
    last = an3155_get(session);
    if (last < 0 || !an3155_get_checked(session, bytes, (size_t)last + 1, (uint8_t)last)) {
        return NEXT_COMMAND;
    }
    bool written = (last + 1) % 4 == 0 && (options ? rom_options_write : commands_write)(
                                              session->rom, address, bytes, (uint32_t)last + 1);
    an3155_put(session, written ? AN3155_ACK : AN3155_NACK);
    return written && options ? NEXT_RESET : NEXT_COMMAND;
}

static void answer(const struct an3155_session *session, bool right)
{
    an3155_put(session, right ? AN3155_ACK : AN3155_NACK);
}

// Numbers of one byte each. The checksum of a global erase is the complement of its one byte
// (AN3155, Erase Memory command).
static enum next erase(const struct an3155_session *session)
{
    uint8_t bytes[GLOBAL_ERASE];
    uint16_t numbers[GLOBAL_ERASE];
    int last;

    an3155_put(session, AN3155_ACK);
    last = an3155_get(session);
    if (last == GLOBAL_ERASE) {
        answer(session, an3155_get(session) == 0 && commands_erase_all(session->rom));
        return NEXT_COMMAND;
    }
    if (last < 0 || !an3155_get_checked(session, bytes, (size_t)last + 1, (uint8_t)last)) {
        return NEXT_COMMAND;
    }
    for (int i = 0; i <= last; i++) {
        numbers[i] = bytes[i];
    }
    answer(session, commands_erase_pages(session->rom, numbers, (unsigned)last + 1));
    return NEXT_COMMAND;
}

static bool erase_special(const struct an3155_session *session, unsigned code)
{
    switch (code) {
    case MASS_ERASE:
        return commands_erase_all(session->rom);
    case FIRST_BANK_ERASE:
        return commands_erase_bank(session->rom, 1);
    case SECOND_BANK_ERASE:
        return commands_erase_bank(session->rom, 2);
    default:
        return false; // reserved
    }
}

// All numbers are taken, those for which there is room are kept (ST's Open Bootloader v6.1.3,
// OPENBL_USART_EraseMemory).
static enum next extended_erase(const struct an3155_session *session)
{
    uint16_t numbers[COMMANDS_PAGES];
    uint8_t pair[2], checksum;
    unsigned code;

    an3155_put(session, AN3155_ACK);
    pair[0] = (uint8_t)an3155_get(session);
    pair[1] = (uint8_t)an3155_get(session);
    checksum = pair[0] ^ pair[1];
    code = (unsigned)pair[0] << 8 | pair[1];
    if (code >= SPECIAL_ERASE) {
        answer(session, an3155_get(session) == checksum && erase_special(session, code));
        return NEXT_COMMAND;
    }
    for (unsigned i = 0; i <= code; i++) {
        int high = an3155_get(session), low = an3155_get(session);
        if (low < 0) {
            return NEXT_COMMAND;
        }
        checksum ^= (uint8_t)(high ^ low);
        if (i < COMMANDS_PAGES) {
            numbers[i] = (uint16_t)(high << 8 | low);
        }
    }
    answer(session, an3155_get(session) == checksum &&
                        commands_erase_pages(session->rom, numbers, code + 1));
    return NEXT_COMMAND;
}

static enum next go(const struct an3155_session *session, uint32_t *table)
{
    if (!behaviour_quirk(session->rom, QUIRK_GO_WITHOUT_FIRST_ACK)) {
        an3155_put(session, AN3155_ACK);
    }
    if (!an3155_get_address(session, table)) {
        return NEXT_COMMAND;
    }
    if (!commands_takes(session->rom, *table)) { // flash or RAM
        an3155_put(session, AN3155_NACK);
        return NEXT_COMMAND;
    }
    an3155_put(session, AN3155_ACK);
    return behaviour_goes(session->rom, *table, &session->rom->why) ? NEXT_GO : NEXT_COMMAND;
}

// Protection ends in a system reset.
static enum next protect(const struct an3155_session *session, uint8_t command)
{
    uint8_t sectors[BLOCK];
    int last = -1;

    an3155_put(session, AN3155_ACK);
    if (command == COMMAND_WRITE_PROTECT) {
        last = an3155_get(session);
        if (last < 0 || !an3155_get_checked(session, sectors, (size_t)last + 1, (uint8_t)last)) {
            return NEXT_COMMAND;
        }
    }
    if (command == COMMAND_READOUT_UNPROTECT) {
        rom_options_unprotect_readout(session->rom);
    } else if (command == COMMAND_READOUT_PROTECT) {
        rom_options_protect_readout(session->rom);
    } else {
        rom_options_protect_pages(session->rom, sectors, (unsigned)(last + 1));
    }
    an3155_put(session, AN3155_ACK);
    return NEXT_RESET;
}

static enum next run_command(const struct an3155_session *session, uint8_t command, uint32_t *table)
{
    bool known = commands_has(session->rom, command);

    if (!known || !commands_is_open(session->rom, command)) {
        bool memory = known && (command == COMMAND_READ_MEMORY || command == COMMAND_WRITE_MEMORY);
        if (memory && behaviour_quirk(session->rom, QUIRK_DOUBLE_NACK_PROTECTED)) {
            an3155_put(session, AN3155_NACK);
        }
        an3155_put(session, AN3155_NACK);
        return NEXT_COMMAND;
    }
    switch (command) {
    case COMMAND_GET:
        return get_commands(session);
    case COMMAND_GET_VERSION:
        return get_version(session);
    case COMMAND_GET_ID:
        return get_id(session);
    case COMMAND_READ_MEMORY:
        return read_memory(session);
    case COMMAND_WRITE_MEMORY:
        return write_memory(session);
    case COMMAND_ERASE:
        return erase(session);
    case COMMAND_EXTENDED_ERASE:
        return extended_erase(session);
    case COMMAND_GO:
        return go(session, table);
    default:
        return protect(session, command);
    }
}

static enum rom_end serve_commands(const struct an3155_session *session, uint32_t *table)
{
    for (;;) {
        int command = an3155_get(session);
        int complement = command < 0 ? -1 : an3155_get(session);
        enum next next = NEXT_COMMAND;

        if (command < 0 || complement < 0) {
            return ROM_STOPPED;
        }
        if ((command ^ complement) != 0xFF) {
            an3155_put(session, AN3155_NACK);
        } else {
            next = run_command(session, (uint8_t)command, table);
        }
        if (next == NEXT_GO) {
            return ROM_GO;
        }
        if (next == NEXT_RESET) {
            rom_options_reset(session->rom);
            return ROM_RESET;
        }
    }
}

static enum rom_end an3155_serve(struct rom *rom, struct rom_line *line, uint32_t *table)
{
    const struct an3155_session session = {rom, line->port};

    if (behaviour_quirk(rom, QUIRK_DOUBLE_ACK)) {
        an3155_put(&session, AN3155_ACK);
    }
    an3155_put(&session, AN3155_ACK);
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

const struct rom_protocol an3155_protocol = {an3155_greet, an3155_discard, an3155_serve, NULL};
