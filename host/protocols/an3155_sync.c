// an3155_sync.c: the sync byte, and what else may answer it.
// SPDX-License-Identifier: MIT
#include "an3155_sync.h"

#include "an3155_finish.h"
#include "monotonic.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum {
    TRY_MS = 100,    // a ROM answers the sync byte within a few
    SILENCE_MS = 30, // more than the latency timer of an USB adapter
    HEARD_BYTES = 64,
    BLOCK_BYTES = AN3155_FRAME_BYTES + 2, // finish a block, or an erase of 128 pages
    LIST_BYTES = 2 * 512 + 16,            // finish an erase of 512 pages
};

// What was heard instead of a ROM.
struct heard {
    uint8_t bytes[HEARD_BYTES];
    int count;
};

enum sync { SYNC_ACK, SYNC_NACK, SYNC_NOT_YET, SYNC_GONE };

// A ROM answers with one byte, some versions with the same one twice, and nothing after it. That
// tells it from an application that prints text, in which 'y' is an ACK.
static enum sync meaning(const uint8_t *answer, int count)
{
    if (count > 2 || (count == 2 && answer[0] != answer[1])) {
        return SYNC_NOT_YET;
    }
    return answer[0] == AN3155_ACK ? SYNC_ACK : answer[0] == AN3155_NACK ? SYNC_NACK : SYNC_NOT_YET;
}

static enum sync sync_once(struct serial *line, unsigned listen_ms, struct heard *heard)
{
    const uint8_t sync = AN3155_SYNC;
    uint8_t answer[HEARD_BYTES];

    if (serial_write(line, &sync, 1) != 0) {
        return SYNC_GONE;
    }
    int count = serial_read(line, answer, 1, listen_ms);
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
    enum sync result = meaning(answer, 1 + more);
    if (result == SYNC_NOT_YET) {
        memcpy(heard->bytes, answer, sizeof answer);
        heard->count = 1 + more;
        serial_await_silence(line, SILENCE_MS, 3 * TRY_MS);
    }
    return result;
}

// A ROM that is in sync takes a sync byte for half a command and says NACK to the second one: then
// it waits for a command. After an ACK it does so only if no other sync byte was on its way, which
// a ROM that is slow to start takes for half a command, too.
static enum sync sync_for(struct serial *line, unsigned window_ms, struct heard *heard)
{
    uint64_t end = monotonic_ms() + window_ms;
    enum sync result = sync_once(line, TRY_MS, heard);

    if (result == SYNC_ACK) {
        return result;
    }
    while ((result == SYNC_NOT_YET || result == SYNC_ACK) && monotonic_ms() < end) {
        if (result == SYNC_ACK) {
            end = monotonic_ms() + 3 * TRY_MS;
        }
        result = sync_once(line, TRY_MS, heard);
    }
    return result;
}

// A line on which both directions share a wire, and whose adapter hears itself.
static bool is_echo(const struct heard *heard)
{
    return heard->count > 0 && heard->bytes[0] == AN3155_SYNC;
}

static int nothing_answers(const struct serial *line, bool tried_all, struct problem *problem)
{
    return problem_set(problem, EXIT_NO_DEVICE,
                       tried_all
                           ? "reset the chip and start its ROM by BOOT0; wiring, power"
                           : "the same again, if another program used the ROM; bootleap enter, if "
                             "an application runs; --recover, if a program died in the middle of a "
                             "command; or reset the chip and start its ROM by BOOT0; wiring, power",
                       "sync at %s: nothing answers", serial_port(line));
}

static int not_found(const struct serial *line, const struct heard *heard, struct problem *problem)
{
    char text[HEARD_BYTES + 1];
    int length = 0;

    if (is_echo(heard)) {
        return problem_set(problem, EXIT_NO_DEVICE,
                           "an adapter with separate RX and TX, or one that does not hear itself",
                           "sync at %s: what is sent comes back (0x%02X), as on a line with one "
                           "wire for both directions; no ROM is heard through that",
                           serial_port(line), heard->bytes[0]);
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

int an3155_sync(struct an3155_link *link, unsigned window_ms, unsigned recovery,
                struct problem *problem)
{
    const struct an3155_unfinished unknown = {
        .most_bytes = recovery & RECOVERY_FINISHES_ANY ? LIST_BYTES : BLOCK_BYTES};
    struct heard heard = {.count = 0};

    link->lost = false;
    serial_discard(link->line);
    enum sync result = recovery & RECOVERY_STARTS ? sync_for(link->line, window_ms, &heard)
                                                  : sync_once(link->line, window_ms, &heard);
    if (result == SYNC_ACK || result == SYNC_NACK) {
        return 0;
    }
    if (result == SYNC_NOT_YET && recovery > RECOVERY_STARTS && heard.count == 0 &&
        an3155_finish(link, &unknown)) {
        return 0;
    }
    link->lost = true;
    if (result == SYNC_GONE) {
        return problem_set(problem, EXIT_FAILED, "check the cable", "sync at %s: the port is gone",
                           serial_port(link->line));
    }
    return heard.count ? not_found(link->line, &heard, problem)
                       : nothing_answers(link->line, recovery & RECOVERY_FINISHES_ANY, problem);
}

void an3155_park(struct an3155_link *link)
{
    const uint8_t sync = AN3155_SYNC;

    if (!link->lost) {
        an3155_send(link, &sync, 1);
    }
}
