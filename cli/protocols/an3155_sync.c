// an3155_sync.c: the sync byte, and what else may answer it.
// SPDX-License-Identifier: MIT
#include "an3155_sync.h"

#include "an3155.h"
#include "monotonic.h"

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
static enum sync sync_once(struct serial *line, struct heard *heard)
{
    const uint8_t sync = AN3155_SYNC;
    uint8_t answer[HEARD_BYTES];

    if (serial_write(line, &sync, 1) != 0) {
        return SYNC_GONE;
    }
    int count = serial_read(line, answer, 1, TRY_MS);
    if (count < 0) {
        return SYNC_GONE;
    }
    if (count == 0) {
        return SYNC_NOT_YET;
    }
    int more = serial_read(line, answer + 1, sizeof answer - 1, SILENCE_MS);
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
    serial_await_silence(line, SILENCE_MS, 3 * TRY_MS);
    return SYNC_NOT_YET;
}

// A ROM that is in sync takes a sync byte for half a command and says NACK to the second one: then
// it waits for a command. After an ACK it does so only if no other sync byte was on its way, which
// a ROM that is slow to start takes for half a command, too.
static enum sync sync_for(struct serial *line, unsigned window_ms, struct heard *heard)
{
    uint64_t end = monotonic_ms() + window_ms;
    enum sync result = sync_once(line, heard);

    if (result == SYNC_ACK) {
        return result;
    }
    while ((result == SYNC_NOT_YET || result == SYNC_ACK) && monotonic_ms() < end) {
        if (result == SYNC_ACK) {
            end = monotonic_ms() + 3 * TRY_MS;
        }
        result = sync_once(line, heard);
    }
    return result;
}

// A ROM in the middle of a command takes each byte for data. As many bytes as the longest frame
// end every frame; a ROM that waits for a command only says NACK. They may be a frame that is
// right: the length 0x7F, 128 bytes of data or page numbers, and their checksum, 0x7F again.
static enum sync free_stuck_rom(struct serial *line, struct heard *heard)
{
    uint8_t flood[LONGEST_FRAME];

    memset(flood, AN3155_SYNC, sizeof flood);
    if (serial_write(line, flood, sizeof flood) != 0) {
        return SYNC_GONE;
    }
    serial_await_silence(line, SILENCE_MS, 10 * TRY_MS);
    return sync_for(line, 2 * TRY_MS, heard);
}

static int not_found(const struct serial *line, const struct heard *heard, struct problem *problem)
{
    char text[HEARD_BYTES + 1];
    int length = 0;

    if (heard->count == 0) {
        return problem_set(problem, EXIT_NO_DEVICE,
                           "bootleap enter, if an application runs there; else reset the chip and "
                           "start its ROM by BOOT0 (bootleap flash frees one that waits for the "
                           "rest of a command), or look at wiring and power",
                           "sync at %s: nothing answers", serial_port(line));
    }
    while (length < heard->count && heard->bytes[length] < 0x7F && isprint(heard->bytes[length])) {
        length++;
    }
    memcpy(text, heard->bytes, (size_t)length);
    text[length] = '\0';
    return problem_set(
        problem, EXIT_NO_DEVICE, "bootleap enter, which asks a running application for its ROM",
        "sync at %s: answered 0x%02X%s%s%s, which is not an AN3155 ROM", serial_port(line),
        heard->bytes[0], length ? " (\"" : "", text, length ? "\")" : "");
}

int an3155_sync(struct serial *line, unsigned window_ms, enum bootloader_recovery recovery,
                struct problem *problem)
{
    struct heard heard = {.count = 0};

    serial_discard(line);
    enum sync result = sync_for(line, window_ms, &heard);
    if (result == SYNC_NOT_YET && recovery == RECOVERY_MAY_WRITE && heard.count == 0) {
        result = free_stuck_rom(line, &heard);
    }
    if (result == SYNC_ACK || result == SYNC_NACK) {
        return 0;
    }
    if (result == SYNC_GONE) {
        return problem_set(problem, EXIT_FAILED, "check the cable", "sync at %s: the port is gone",
                           serial_port(line));
    }
    return not_found(line, &heard, problem);
}
