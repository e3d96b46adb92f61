// rom.c: sync, and from product id and version byte to a device of the table.
// SPDX-License-Identifier: MIT
#include "rom.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum {
    TRY_MS = 100,    // a ROM answers the sync byte within a few
    SILENCE_MS = 30, // more than the latency timer of an USB adapter
    HEARD_BYTES = 64,
    LONGEST_FRAME = 1 + AN3155_BLOCK_BYTES + 1,
};

// What was heard instead of a ROM.
struct heard {
    uint8_t bytes[HEARD_BYTES];
    int count;
};

enum sync { SYNC_ACK, SYNC_NACK, SYNC_NOT_YET, SYNC_GONE };

// A ROM answers with one byte and nothing after it. That tells it from an application that
// prints text, in which 'y' is an ACK.
static enum sync sync_once(struct link *link, struct heard *heard)
{
    const uint8_t sync = AN3155_SYNC;
    uint8_t answer[HEARD_BYTES];

    if (link_write(link, &sync, 1) != 0) {
        return SYNC_GONE;
    }
    int count = link_read(link, answer, 1, TRY_MS);
    if (count < 0) {
        return SYNC_GONE;
    }
    if (count == 0) {
        return SYNC_NOT_YET;
    }
    int more = link_read(link, answer + 1, sizeof answer - 1, SILENCE_MS);
    if (more < 0) {
        return SYNC_GONE;
    }
    if (more == 0 && answer[0] == AN3155_ACK) {
        return SYNC_ACK;
    }
    if (more == 0 && answer[0] == AN3155_NACK) {
        return SYNC_NACK;
    }
    memcpy(heard->bytes, answer, sizeof answer);
    heard->count = 1 + more;
    link_quiet(link, SILENCE_MS, 3 * TRY_MS);
    return SYNC_NOT_YET;
}

// A ROM that is in sync takes a sync byte for half a command and says NACK to the second one: then
// it waits for a command. After an ACK it does so only if no other sync byte was on its way, which
// a ROM that is slow to start takes for half a command, too.
static enum sync sync_for(struct link *link, unsigned window_ms, struct heard *heard)
{
    uint64_t end = link_now_ms() + window_ms;
    enum sync result = sync_once(link, heard);

    if (result == SYNC_ACK) {
        return result;
    }
    while ((result == SYNC_NOT_YET || result == SYNC_ACK) && link_now_ms() < end) {
        if (result == SYNC_ACK) {
            end = link_now_ms() + 3 * TRY_MS;
        }
        result = sync_once(link, heard);
    }
    return result;
}

// A ROM in the middle of a command takes each byte for data. As many bytes as the longest frame
// end every frame; a ROM that waits for a command only says NACK. They may be a frame that is
// right: the length 0x7F, 128 bytes of data or page numbers, and their checksum, 0x7F again.
static enum sync free_stuck_rom(struct link *link, struct heard *heard)
{
    uint8_t flood[LONGEST_FRAME];

    memset(flood, AN3155_SYNC, sizeof flood);
    if (link_write(link, flood, sizeof flood) != 0) {
        return SYNC_GONE;
    }
    link_quiet(link, SILENCE_MS, 10 * TRY_MS);
    return sync_for(link, 2 * TRY_MS, heard);
}

static int not_found(const struct link *link, const struct heard *heard, struct problem *problem)
{
    char text[HEARD_BYTES + 1];
    int length = 0;

    if (heard->count == 0) {
        return problem_set(problem, EXIT_NO_DEVICE,
                           "bootleap enter, if an application runs there; else reset the chip and "
                           "start its ROM by BOOT0 (bootleap flash frees one that waits for the "
                           "rest of a command), or look at wiring and power",
                           "sync at %s: nothing answers", link_port(link));
    }
    while (length < heard->count && heard->bytes[length] < 0x7F && isprint(heard->bytes[length])) {
        length++;
    }
    memcpy(text, heard->bytes, (size_t)length);
    text[length] = '\0';
    return problem_set(
        problem, EXIT_NO_DEVICE, "bootleap enter, which asks a running application for its ROM",
        "sync at %s: answered 0x%02X%s%s%s, which is not an AN3155 ROM", link_port(link),
        heard->bytes[0], length ? " (\"" : "", text, length ? "\")" : "");
}

static int find(struct link *link, unsigned window_ms, bool free_it, struct problem *problem)
{
    struct heard heard = {.count = 0};

    link_discard(link);
    enum sync result = sync_for(link, window_ms, &heard);
    if (result == SYNC_NOT_YET && free_it && heard.count == 0) {
        result = free_stuck_rom(link, &heard);
    }
    if (result == SYNC_ACK || result == SYNC_NACK) {
        return 0;
    }
    if (result == SYNC_GONE) {
        return problem_set(problem, EXIT_FAILED, "check the cable", "sync at %s: the port is gone",
                           link_port(link));
    }
    return not_found(link, &heard, problem);
}

int rom_find(struct link *link, unsigned window_ms, struct problem *problem)
{
    return find(link, window_ms, false, problem);
}

int rom_find_or_free(struct link *link, unsigned window_ms, struct problem *problem)
{
    return find(link, window_ms, true, problem);
}

static bool has_rom_id(const struct device *device, uint8_t id)
{
    for (const uint16_t *known = device->rom_ids; *known != 0; known++) {
        if ((uint8_t)*known == id) {
            return true;
        }
    }
    return false;
}

// Product ids are shared by lines whose ROMs differ, so the version byte decides between them.
// A ROM under readout protection refuses to be read: then it is the first line with that id.
static int identify_device(struct rom *rom, struct problem *problem)
{
    const struct device *device = NULL;
    uint32_t read_at = 0; // where `id` comes from: most lines with one product id share it
    uint8_t id = 0;

    rom->device = device_by_product(rom->product, NULL);
    while ((device = device_by_product(rom->product, device)) != NULL) {
        if (device->rom_id_address == 0) {
            continue;
        }
        if (device->rom_id_address != read_at) {
            id = 0;
            read_at = device->rom_id_address;
            int error = an3155_read(&rom->protocol, read_at, 1, &id, problem);
            if (error && error != EXIT_REFUSED) {
                return error;
            }
        }
        if (rom->id == 0) {
            rom->id = id;
        }
        if (has_rom_id(device, id)) {
            rom->device = device;
            rom->id = id;
            break;
        }
    }
    return 0;
}

int rom_identify(struct rom *rom, struct link *link, unsigned timeout_ms, struct problem *problem)
{
    *rom = (struct rom){.protocol = {.link = link, .timeout_ms = timeout_ms}};
    int error = an3155_get(&rom->protocol, problem);
    if (error == 0) {
        error = an3155_get_id(&rom->protocol, &rom->product, problem);
    }
    if (error == 0) {
        error = identify_device(rom, problem);
    }
    return error;
}

int rom_device_named(const char *name, const struct device **device, struct problem *problem)
{
    char nearest[sizeof problem->try_this];

    *device = device_find(name);
    if (*device) {
        return 0;
    }
    snprintf(nearest, sizeof nearest, "--device %s", device_nearest(name)->slug);
    return problem_set(problem, EXIT_USAGE, nearest, "--device %s: not in the device table", name);
}

int rom_require_device(struct rom *rom, const struct device *wanted, struct problem *problem)
{
    const char *port = link_port(rom->protocol.link);

    if (rom->device == NULL) {
        return problem_set(problem, EXIT_USAGE, "a newer bootleap, or add the device to the table",
                           "chip at %s: product id 0x%03X is not in the device table", port,
                           rom->product);
    }
    if (wanted && wanted->product != rom->product) {
        return problem_set(problem, EXIT_USAGE, "another port, or another --device",
                           "chip at %s: it is %s (product id 0x%03X), not %s (0x%03X)", port,
                           rom->device->name, rom->product, wanted->name, wanted->product);
    }
    if (wanted) {
        rom->device = wanted;
    }
    return 0;
}
