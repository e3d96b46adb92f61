// dfu_memory.c: sets the address, erases, writes and reads for a host on USB.
// SPDX-License-Identifier: MIT
#include "dfu_memory.h"

#include "behaviour.h"
#include "commands.h"

enum {
    SET_ADDRESS = 0x21,
    ERASE = 0x41,
    UNPROTECT = 0x92,
    FIRST_BLOCK = 2,
    // Nobody has published how long a ROM says that it takes: these stand for it.
    WRITE_MS = 1,
    ERASE_MS_MOST = 20,
};

static uint32_t address_in(const uint8_t *bytes)
{
    return (uint32_t)bytes[3] << 24 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[1] << 8 | bytes[0];
}

// Of this block. AN2662 Rev 1 calls the wTransferSize of its formula "the length of the requested
// data buffer", ST's DFU class of its HAL takes what the descriptor says: nobody knows what a ROM
// takes, and for a host that sends whole blocks both are the same.
static uint32_t block_address(const struct dfu_session *session, unsigned block, unsigned length)
{
    unsigned size = dfu_transfer_size(session->rom->chip->device);

    if (block > FIRST_BLOCK && length != size) {
        behaviour_note(session->rom, CONFIDENCE_INFERRED,
                       session->rom->worst
                           ? "it counts blocks by the length of this one"
                           : "it counts blocks by the transfer size of its descriptor");
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

static enum dfu_status erase_page(struct dfu_session *session, uint32_t address, unsigned *ms)
{
    const struct device *device = session->rom->chip->device;
    struct region page;
    unsigned number;

    if (!device_page(device, address, &number, &page)) {
        return DFU_ERR_TARGET;
    }
    *ms = ERASE_MS_MOST;
    return commands_erase_pages(session->rom, &(uint16_t){(uint16_t)number}, 1) ? DFU_OK
                                                                                : DFU_ERR_VENDOR;
}

static enum dfu_status unprotect(struct dfu_session *session)
{
    commands_unprotect(session->rom);
    session->next = DFU_RESETS;
    return DFU_OK;
}

static bool is_protected(const struct dfu_session *session)
{
    return behaviour_protection(session->rom) != 0;
}

static enum dfu_status command(struct dfu_session *session, unsigned *ms)
{
    const uint8_t *bytes = session->data;

    if (bytes[0] == SET_ADDRESS && session->length == 5) { // under protection, too
        return set_address(session, address_in(bytes + 1));
    }
    if (bytes[0] == UNPROTECT && session->length == 1) {
        return behaviour_protection(session->rom) == 2 ? DFU_ERR_VENDOR : unprotect(session);
    }
    if (bytes[0] != ERASE || (session->length != 1 && session->length != 5)) {
        return DFU_ERR_STALLED;
    }
    if (is_protected(session)) {
        return DFU_ERR_VENDOR;
    }
    if (session->length == 5) {
        return erase_page(session, address_in(bytes + 1), ms);
    }
    *ms = ERASE_MS_MOST;
    return commands_erase_all(session->rom) ? DFU_OK : DFU_ERR_VENDOR;
}

static enum dfu_status write_block(struct dfu_session *session)
{
    uint32_t address = block_address(session, session->block, session->length);

    if (is_protected(session)) {
        return DFU_ERR_VENDOR;
    }
    if (!commands_takes(session->rom, address)) {
        return DFU_ERR_TARGET;
    }
    return commands_write(session->rom, address, session->data, session->length) ? DFU_OK
                                                                                 : DFU_ERR_WRITE;
}

enum dfu_status dfu_memory_carry_out(struct dfu_session *session, unsigned *ms)
{
    *ms = WRITE_MS;
    if (session->block == 0) {
        return command(session, ms);
    }
    return session->block < FIRST_BLOCK ? DFU_ERR_STALLED : write_block(session);
}

enum dfu_status dfu_memory_read(struct dfu_session *session, unsigned block, uint8_t *data,
                                unsigned length)
{
    uint32_t address = block_address(session, block, length);

    if (is_protected(session)) {
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
