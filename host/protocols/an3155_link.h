// an3155_link.h: frames to a ROM and its answers, one byte after the other.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_AN3155_LINK_H
#define BOOTLEAP_HOST_AN3155_LINK_H

#include "bootloader.h"
#include "serial.h"

#include <stdbool.h>

enum {
    AN3155_SYNC = 0x7F,
    AN3155_ACK = 0x79,
    AN3155_NACK = 0x1F,
    AN3155_FRAME_BYTES = 1 + 256 + 1, // the longest: a length, as many data, their checksum
};

enum an3155_answer { ANSWER_ACK, ANSWER_NACK, ANSWER_NONE, ANSWER_OTHER, ANSWER_GONE };

struct an3155_link {
    struct serial *line;
    unsigned baud;
    unsigned timeout_ms; // no answer is awaited longer, whatever is usual; 0: no such limit
    struct bootloader_wait wait;
    uint64_t busy_until; // the ROM may be at an erase or a write, and deaf, up to this time
    bool lost;           // the ROM answers no more, or the line is gone
};

// XOR of all bytes: what follows a frame, so that the sum over both is 0.
uint8_t an3155_checksum(const uint8_t *bytes, size_t size);

// `usual_ms`, or the limit that the user has set where that is less.
unsigned an3155_limit(const struct an3155_link *link, unsigned usual_ms);

// False where the line is gone: then the link is lost.
bool an3155_send(struct an3155_link *link, const void *bytes, size_t size);

// Waits for one byte, at most for `most_ms`, and tells so once a second: `doing` names what is
// awaited. *other gets a byte that is neither ACK nor NACK.
enum an3155_answer an3155_await(struct an3155_link *link, unsigned most_ms, const char *doing,
                                uint8_t *other);

// Reads up to `size` bytes of an answer, as long as each follows the one before within `most_ms`.
// How many came; -1 where the line is gone.
int an3155_receive(struct an3155_link *link, uint8_t *bytes, size_t size, unsigned most_ms);

// Throws away what has come, until the line is silent.
void an3155_drain(struct an3155_link *link);

#endif
