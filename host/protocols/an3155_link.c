// an3155_link.c: sends bytes, and waits for the one that answers them.
// SPDX-License-Identifier: MIT
#include "an3155_link.h"

enum {
    TELL_MS = 1000,   // how often somebody is told what is awaited
    SILENCE_MS = 30,  // more than the latency timer of an USB adapter
    CHATTER_MS = 300, // as long as somebody is let talk
};

uint8_t an3155_checksum(const uint8_t *bytes, size_t size)
{
    uint8_t sum = 0;

    for (size_t i = 0; i < size; i++) {
        sum ^= bytes[i];
    }
    return sum;
}

unsigned an3155_limit(const struct an3155_link *link, unsigned usual_ms)
{
    return link->timeout_ms && link->timeout_ms < usual_ms ? link->timeout_ms : usual_ms;
}

bool an3155_send(struct an3155_link *link, const void *bytes, size_t size)
{
    if (!link->lost && serial_write(link->line, bytes, size) != 0) {
        link->lost = true;
    }
    return !link->lost;
}

static enum an3155_answer meaning(uint8_t byte, uint8_t *other)
{
    *other = byte;
    return byte == AN3155_ACK ? ANSWER_ACK : byte == AN3155_NACK ? ANSWER_NACK : ANSWER_OTHER;
}

enum an3155_answer an3155_await(struct an3155_link *link, unsigned most_ms, const char *doing,
                                uint8_t *other)
{
    unsigned waited = 0;
    uint8_t byte;

    while (!link->lost) {
        unsigned slice = most_ms - waited < TELL_MS ? most_ms - waited : TELL_MS;
        int got = serial_read(link->line, &byte, 1, slice);
        if (got > 0) {
            return meaning(byte, other);
        }
        if (got < 0) {
            link->lost = true;
            break;
        }
        waited += slice;
        if (waited >= most_ms) {
            return ANSWER_NONE;
        }
        if (link->wait.tell) {
            link->wait.tell(link->wait.context, doing, waited, most_ms);
        }
    }
    return ANSWER_GONE;
}

int an3155_receive(struct an3155_link *link, uint8_t *bytes, size_t size, unsigned most_ms)
{
    int got = serial_read(link->line, bytes, size, most_ms);

    link->lost |= got < 0;
    return got;
}

void an3155_drain(struct an3155_link *link)
{
    serial_await_silence(link->line, SILENCE_MS, CHATTER_MS);
}
