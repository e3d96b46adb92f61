// dfu_memory.c: sets the address, erases, writes and reads for a host on USB.
// SPDX-License-Identifier: MIT
#include "dfu_memory.h"

#include "behaviour.h"
#include "commands.h"
#include "dfu_erase.h"
#include "rom_options.h"

enum {
    SET_ADDRESS = 0x21,
    ERASE = 0x41,
    UNPROTECT = 0x92,
    FIRST_BLOCK = 2,
    UNIT = 8,     // of what is corrupted
    PIECE = 256,  // of a block, as a ROM gets it over other lines
    SHORT_MS = 1, // nobody has published how long a ROM says that a block takes
};

static uint32_t address_in(const uint8_t *bytes)
{
    return (uint32_t)bytes[3] << 24 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[1] << 8 | bytes[0];
}

// Of this block. AN2662 Rev 1 calls the wTransferSize of its formula "the length of the requested
// data buffer", the DFU class of ST's HAL takes what the descriptor says: nobody knows what a ROM
// takes, and for a host that sends whole blocks both are the same.
static uint32_t block_address(const struct dfu_session *session, unsigned block, unsigned length)
{
    unsigned size = session->rom->chip->device->dfu.transfer_size;

    if (block > FIRST_BLOCK && length != size) {
        behaviour_note(session->rom, CONFIDENCE_INFERRED,
                       session->rom->worst ? "it counts blocks by the length of the one that comes"
                                           : "it counts blocks by the transfer size that it tells");
        size = session->rom->worst ? length : size;
    }
    return session->pointer + (block - FIRST_BLOCK) * size;
}

static enum dfu_status set_address(struct dfu_session *session, uint32_t address)
{
    if (!commands_shows(session->rom, address)) {
        return DFU_ERR_TARGET;
    }
    session->pointer = address;
    return DFU_OK;
}

// The DFU class of ST's HAL has one address for both.
static enum dfu_status erase_page(struct dfu_session *session, uint32_t address,
                                  struct dfu_time *time)
{
    enum dfu_status status = dfu_erase_page(session, address, time);

    if (status == DFU_OK && session->pointer != address) {
        behaviour_note(session->rom, CONFIDENCE_INFERRED,
                       session->rom->worst ? "an erase moves the address pointer"
                                           : "an erase leaves the address pointer alone");
        session->pointer = session->rom->worst ? address : session->pointer;
    }
    return status;
}

static enum dfu_status unprotect(struct dfu_session *session)
{
    if (behaviour_protection(session->rom) == 2) {
        return DFU_ERR_VENDOR;
    }
    rom_options_unprotect_readout(session->rom);
    session->next = DFU_RESETS;
    return DFU_OK;
}

// Under protection an address can be set, and protection be removed.
static enum dfu_status command(struct dfu_session *session, struct dfu_time *time)
{
    const uint8_t *bytes = session->data;

    if (bytes[0] == SET_ADDRESS && session->length == 5) {
        return set_address(session, address_in(bytes + 1));
    }
    if (bytes[0] == UNPROTECT && session->length == 1) {
        return unprotect(session);
    }
    if (bytes[0] != ERASE || (session->length != 1 && session->length != 5)) {
        return DFU_ERR_STALLED;
    }
    if (behaviour_protection(session->rom)) {
        return DFU_ERR_VENDOR;
    }
    return session->length == 5 ? erase_page(session, address_in(bytes + 1), time)
                                : dfu_erase_all(session, time);
}

// A block that does not end with a whole unit.
static void corrupt_end(struct dfu_session *session)
{
    unsigned whole = session->length / UNIT * UNIT;
    const struct rom_quirk *quirk = behaviour_quirk(session->rom, QUIRK_DFU_ODD_BLOCK_CORRUPTED);

    for (unsigned i = whole; quirk && session->length > quirk->number && i < session->length; i++) {
        session->data[i] = (uint8_t)~session->data[i];
    }
}

// The chip resets itself when the host has got the answer.
static enum dfu_status write_options(struct dfu_session *session, uint32_t address)
{
    if (!rom_options_take(session->rom, address) ||
        !rom_options_write(session->rom, address, session->data, session->length)) {
        return DFU_ERR_TARGET;
    }
    session->next = DFU_RESETS;
    return DFU_OK;
}

static enum dfu_status write_block(struct dfu_session *session)
{
    struct rom *rom = session->rom;
    uint32_t address = block_address(session, session->block, session->length);

    if (behaviour_protection(rom)) {
        return DFU_ERR_VENDOR;
    }
    if (rom_options_begin(rom, address)) {
        return write_options(session, address);
    }
    if (!commands_takes(rom, address)) {
        return DFU_ERR_TARGET;
    }
    corrupt_end(session);
    rom->has_read = false; // what a read costs the next write is known of a USART alone
    for (unsigned at = 0; at < session->length; at += PIECE) {
        unsigned left = session->length - at;
        if (!commands_write(rom, address + at, session->data + at, left < PIECE ? left : PIECE)) {
            return DFU_ERR_WRITE;
        }
    }
    return DFU_OK;
}

enum dfu_status dfu_memory_carry_out(struct dfu_session *session, struct dfu_time *time)
{
    *time = (struct dfu_time){SHORT_MS, 0};
    if (session->block == 0) {
        return command(session, time);
    }
    return session->block < FIRST_BLOCK ? DFU_ERR_STALLED : write_block(session);
}

enum dfu_status dfu_memory_read(struct dfu_session *session, unsigned block, uint8_t *data,
                                unsigned length)
{
    uint32_t address = block_address(session, block, length);

    if (behaviour_protection(session->rom)) {
        return DFU_ERR_VENDOR;
    }
    if (!commands_shows(session->rom, address)) {
        return DFU_ERR_TARGET;
    }
    for (unsigned i = 0; i < length; i++) {
        data[i] = commands_read(session->rom, address + i);
    }
    return DFU_OK;
}
