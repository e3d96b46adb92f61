// an3155_request.h: one command of AN3155 from its first byte to its last answer, tries included.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_AN3155_REQUEST_H
#define BOOTLEAP_HOST_AN3155_REQUEST_H

#include "an3155_rom.h"

#define AN3155_OUT_OF_STEP "reset the chip and run the command again"

// The command, then its address if it has one, then a frame if it has one, each of which the ROM
// answers with ACK or NACK; then what `take` takes.
struct an3155_request {
    enum an3155_code code;
    const char *doing; // for messages: "read at 0x08000000"
    bool has_address;
    uint32_t address;
    const uint8_t *frame; // with its checksum
    size_t frame_size;
    const char *part;    // what the frame is, for messages
    unsigned most_ms;    // the frame's answer is awaited; 0: as long as any
    const char *refused; // what to try where it is refused; NULL: bootleap doctor
    uint8_t *in;         // where `take` puts what it takes
    size_t in_size;
    int (*take)(struct an3155 *rom, const struct an3155_request *request, struct problem *problem);
    bool once;         // not again once the frame is under way
    bool silent_start; // the ROM may say nothing until the address is there
    bool leaves;       // it does not come back from this: silence is success
    bool resets;       // the chip resets behind the command, or behind its frame if it has one:
                       // silence is success from there on
};

// Sends it until it succeeds, or is refused at the same place twice, or a few times in vain.
int an3155_request(struct an3155 *rom, const struct an3155_request *request,
                   struct problem *problem);

// Write Memory of `size` bytes, 1 to AN3155_BLOCK_BYTES. Of `how` count doing, part, resets and
// refused. It is not sent again once the frame is under way.
int an3155_request_write(struct an3155 *rom, const struct an3155_request *how, uint32_t address,
                         uint32_t size, const uint8_t *bytes, struct problem *problem);

// For `take`: reads exactly `size` bytes of the answer.
int an3155_take(struct an3155 *rom, const struct an3155_request *request, void *bytes, size_t size,
                struct problem *problem);

// The ACK that ends an answer.
int an3155_take_end(struct an3155 *rom, const struct an3155_request *request,
                    struct problem *problem);

#endif
