// an3155_finish.c: which bytes finish a frame so that the ROM refuses it.
// SPDX-License-Identifier: MIT
#include "an3155_finish.h"

#include "monotonic.h"

#include <string.h>

enum {
    LISTEN_MS = 20,   // an answer takes no longer, on a USB adapter with a latency of 16 ms
    CONFIRM_MS = 150, // the same on a busy computer
    STALL_MS = 2000,  // a line that carries nothing for so long is a dead one
    ROUNDS = 4,       // as often as the ROM may answer something else than NACK
    FIRST_FREE = 3,   // first value that is not one bit
    SHORT_BYTES = 8,  // so many are sent one at a time in any case
    MOST_AT_ONCE = 512,
    BITS_PER_BYTE = 11,
};

// The bytes that follow each other: `first` once, then `rest`.
struct filler {
    uint8_t first, rest;
};

static bool is_one_bit(unsigned value)
{
    return (value & (value - 1)) == 0;
}

// Neither in the frame, where it may be the byte that was lost and so the checksum that is right,
// nor the complement of a byte of it, with which it may be a command.
static bool is_free(const struct an3155_unfinished *unfinished, unsigned value)
{
    return unfinished->frame == NULL ||
           (memchr(unfinished->frame, (int)value, unfinished->size) == NULL &&
            memchr(unfinished->frame, (int)(value ^ 0xFF), unfinished->size) == NULL);
}

// A frame in which one bit has changed has that bit as its sum. Fillers would make up for it if
// their own sum were that bit: it is never a single one, however many there are. And a frame of
// fillers alone is never right, because the two differ: its length is `first`, and the sum of its
// `first` + 1 data and of its checksum is not 0.
static struct filler choose(const struct an3155_unfinished *unfinished)
{
    const unsigned most = 0x7E; // less than a sync byte

    for (unsigned first = FIRST_FREE; first < most; first++) {
        if (is_one_bit(first) || !is_free(unfinished, first)) {
            continue;
        }
        for (unsigned rest = FIRST_FREE; rest < most; rest++) {
            if (!is_one_bit(rest) && !is_one_bit(rest ^ first) && is_free(unfinished, rest)) {
                return (struct filler){(uint8_t)first, (uint8_t)rest};
            }
        }
    }
    return (struct filler){5, 6}; // a block that has all values: what is in flash is compared later
}

// How long bytes are on their way.
static unsigned on_line_ms(const struct an3155_link *link, unsigned bytes)
{
    return bytes * BITS_PER_BYTE * 1000 / link->baud;
}

// Sends `count` times the same byte, and listens.
static enum an3155_answer probe(struct an3155_link *link, uint8_t byte, unsigned count,
                                unsigned listen_ms)
{
    uint8_t bytes[MOST_AT_ONCE], other;

    memset(bytes, byte, count);
    if (!an3155_send(link, bytes, count)) {
        return ANSWER_GONE;
    }
    return an3155_await(link, listen_ms + on_line_ms(link, count), "", &other);
}

// One at a time; when the frame is known and long, as many as there were before.
static unsigned at_once(const struct an3155_unfinished *unfinished, unsigned sent)
{
    unsigned left = unfinished->most_bytes - sent;
    unsigned count = unfinished->frame && sent >= SHORT_BYTES ? sent : 1;

    count = count < MOST_AT_ONCE ? count : MOST_AT_ONCE;
    return count < left ? count : left;
}

static void tell(const struct an3155_link *link, const struct an3155_unfinished *unfinished,
                 uint64_t start, unsigned *told)
{
    unsigned waited = (unsigned)(monotonic_ms() - start) / 1000 * 1000;
    unsigned listens = unfinished->most_bytes / (unfinished->frame ? MOST_AT_ONCE : 1);
    unsigned most = on_line_ms(link, unfinished->most_bytes) + listens * LISTEN_MS;

    if (link->wait.tell && waited > *told) {
        *told = waited;
        link->wait.tell(link->wait.context, "end of a frame that was left unfinished", waited,
                        most + CONFIRM_MS);
    }
}

// The next byte where nobody knows the frame: not what would complete one that began with the first
// byte that has had no answer. So a length, a count of pages or an address that the ROM waited for
// is never followed by a checksum that is right.
static uint8_t unknown_byte(const struct an3155_link *link, const struct filler *filler)
{
    return serial_unanswered(link->line) == filler->rest ? filler->first : filler->rest;
}

static uint8_t next_byte(const struct an3155_link *link, const struct filler *filler,
                         const struct an3155_unfinished *unfinished, unsigned sent)
{
    if (unfinished->frame == NULL) {
        return unknown_byte(link, filler);
    }
    return sent ? filler->rest : filler->first;
}

// Sends the fillers until the ROM answers. What is neither ACK nor NACK is left of something else,
// or an application says it.
static enum an3155_answer fill(struct an3155_link *link, const struct filler *filler,
                               const struct an3155_unfinished *unfinished)
{
    uint64_t start = monotonic_ms();
    enum an3155_answer answer = ANSWER_NONE;
    unsigned told = 0;

    if (unfinished->counts_pages) { // or `first` were the high byte of their number
        answer = probe(link, 0, 1, LISTEN_MS);
    }
    for (unsigned sent = 0; sent < unfinished->most_bytes && answer == ANSWER_NONE;) {
        unsigned count = at_once(unfinished, sent);
        answer = probe(link, next_byte(link, filler, unfinished, sent), count, LISTEN_MS);
        if (answer == ANSWER_OTHER && !unfinished->leaves) {
            answer = ANSWER_NONE;
        }
        sent += count;
        tell(link, unfinished, start, &told);
    }
    return answer;
}

// Waits until the ROM has done what it may be at, and cannot hear during it; or until a line that
// has stalled goes on. False where neither can be.
static bool await_work(struct an3155_link *link, const struct an3155_unfinished *unfinished)
{
    uint64_t now = monotonic_ms();
    bool works = now < link->busy_until;
    unsigned left = works ? (unsigned)(link->busy_until - now) : (unsigned)STALL_MS;
    uint8_t other;

    if (!works && !unfinished->answered_before) {
        return false;
    }
    enum an3155_answer answer = an3155_await(link, left, "end of an erase or a write", &other);
    return answer != ANSWER_GONE && (works || answer != ANSWER_NONE);
}

// A NACK may be a late one, while the ROM took the filler for half a command. Two more bytes that
// are no command have exactly one NACK as their answer, and it tells which of them was the second.
static bool confirm(struct an3155_link *link, const struct filler *filler)
{
    for (unsigned i = 0; i < 2; i++) {
        an3155_drain(link);
        if (probe(link, filler->rest, 1, CONFIRM_MS) == ANSWER_NACK) {
            an3155_drain(link);
            return true;
        }
    }
    return false;
}

bool an3155_finish(struct an3155_link *link, const struct an3155_unfinished *unfinished)
{
    const struct filler filler = choose(unfinished);

    for (unsigned round = 0; round < ROUNDS && !link->lost; round++) {
        if (!unfinished->leaves) {
            an3155_drain(link);
        }
        enum an3155_answer answer = fill(link, &filler, unfinished);
        if (answer == ANSWER_NACK && confirm(link, &filler)) {
            return true;
        }
        if (answer == ANSWER_OTHER || (answer == ANSWER_NONE && !await_work(link, unfinished))) {
            break;
        }
    }
    link->lost = true;
    return false;
}
