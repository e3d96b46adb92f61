// dfu.c: plugs the ROM's USB device in, serves its host, and unplugs it.
// SPDX-License-Identifier: MIT
#include "dfu.h"

#include "behaviour.h"
#include "dfu_requests.h"
#include "interface_selection.h"
#include "rom_options.h"
#include "rom_time.h"

#include <stdlib.h>

enum { POLL_MS = 20 };

static void note_stand_ins(const struct rom *rom)
{
    if (rom->chip->device->dfu.strings == CONFIDENCE_INFERRED) {
        behaviour_note(rom, CONFIDENCE_INFERRED, "its USB strings are those of similar ROMs");
    }
    behaviour_note(rom, CONFIDENCE_INFERRED,
                   "the times that it gives over USB are short stand-ins");
}

// Without memory there is no device, as when USB does not serve.
static void plug(struct rom *rom, const struct usb_socket *socket)
{
    struct dfu_session *session = calloc(1, sizeof *session);

    if (!session) {
        return;
    }
    session->rom = rom;
    if (behaviour_quirk(rom, QUIRK_DFU_STARTS_IN_ERROR)) {
        session->state = DFU_ERROR;
        session->status = DFU_ERR_FIRMWARE;
    } else {
        session->state = DFU_IDLE;
    }
    session->pointer = rom->chip->device->flash.start; // AN2662 Rev 1, Section 4.4.1
    dfu_descriptors_fill(&session->descriptors, rom);
    session->device = (struct usb_device){.device = session->descriptors.device,
                                          .configuration = session->descriptors.configuration,
                                          .strings = session->descriptors.strings,
                                          .context = session,
                                          .control = dfu_requests_answer};
    rom->dfu = session;
    note_stand_ins(rom);
    socket->plug(socket->context, &session->device);
}

// The host is found by its first request.
static enum rom_greeting greet(struct rom *rom, struct rom_line *line, bool listens)
{
    const struct usb_socket *socket = line->port;

    if (!rom->dfu && listens && rom->usb_serves && rom->chip->device->dfu.transfer_size &&
        interface_selection_finds(rom, line->interface)) {
        plug(rom, socket);
    }
    return rom->dfu && socket->serve(socket->context) ? GREETING_HOST : GREETING_NONE;
}

// What came before the device was plugged in, did not come to it.
static void discard(struct rom_line *line)
{
    (void)line;
}

// An application that it cannot start leaves it where it answers nobody.
static enum rom_end leave(struct rom *rom, const struct usb_socket *socket, uint32_t *table)
{
    *table = rom->dfu->pointer;
    if (behaviour_leaves(rom, *table, &rom->why)) {
        return ROM_GO;
    }
    while (!rom_is_over(rom)) {
        socket->wait(socket->context, POLL_MS);
    }
    return ROM_STOPPED;
}

static void reset_backup(const struct rom *rom)
{
    struct block *backup = block_with_role(rom->chip, ROLE_BACKUP, NULL);

    if (backup && behaviour_quirk(rom, QUIRK_DFU_RESETS_BACKUP)) {
        backup->type->backup->lose(backup);
    }
}

static enum rom_end serve(struct rom *rom, struct rom_line *line, uint32_t *table)
{
    const struct usb_socket *socket = line->port;

    reset_backup(rom);
    while (!rom_is_over(rom)) {
        if (rom->dfu->next == DFU_LEAVES) {
            return leave(rom, socket, table);
        }
        if (rom->dfu->next == DFU_RESETS) {
            rom_options_reset(rom);
            return ROM_RESET;
        }
        if (!socket->serve(socket->context)) {
            socket->wait(socket->context, POLL_MS);
        }
    }
    return ROM_STOPPED;
}

static void release(struct rom *rom, struct rom_line *line)
{
    const struct usb_socket *socket = line->port;

    if (rom->dfu) {
        socket->unplug(socket->context);
        free(rom->dfu);
        rom->dfu = NULL;
    }
}

const struct rom_protocol dfu_protocol = {greet, discard, serve, release};
