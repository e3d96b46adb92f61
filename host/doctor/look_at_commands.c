// look_at_commands.c: asks a ROM for its version and its id, one byte at a time.
// SPDX-License-Identifier: MIT
//
// An even parity bit is 1 behind a byte with an odd number of ones, as a stop bit is. Over a line
// that drops the parity bit such bytes arrive, if there is a pause behind each; the others do not.
// The two bytes of Get Version have an odd number of ones, those of Get an even one.
#include "look.h"

#include "an3155_link.h"

#include <stdio.h>

enum {
    PAUSE_MS = 5, // a byte is on the line for a tenth of that
    ANSWER_MS = 300,
    SILENCE_MS = 30,
    CHATTER_MS = 300,
    COMMANDS_MOST = 32, // of AN3155, and more
    ANSWER_BYTES = 64,
};

enum { GET = 0x00, GET_VERSION = 0x01, GET_ID = 0x02 };

enum { REFUSED = -1, HALF_ACKED = -2 };

// Sends a command. How many bytes came behind its ACK, or REFUSED; HALF_ACKED where an ACK came
// before all of it was sent, which no ROM does.
static int ask(struct serial *line, uint8_t code, uint8_t answer[ANSWER_BYTES])
{
    const uint8_t complement = (uint8_t)~code;
    uint8_t first = 0;

    serial_await_silence(line, SILENCE_MS, CHATTER_MS);
    if (serial_write(line, &code, 1) != 0) {
        return REFUSED;
    }
    if (serial_read(line, &first, 1, PAUSE_MS) != 0) {
        return first == AN3155_ACK ? HALF_ACKED : REFUSED;
    }
    if (serial_write(line, &complement, 1) != 0 || serial_read(line, &first, 1, ANSWER_MS) != 1 ||
        first != AN3155_ACK) {
        return REFUSED;
    }
    return serial_read(line, answer, ANSWER_BYTES, SILENCE_MS);
}

static void note_id(struct observations *seen, const uint8_t *answer, int count)
{
    char text[SEEN_TEXT_BYTES] = "";
    size_t used = 0;

    for (int i = 1; i <= answer[0] + 1 && i < count; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "%02X ", answer[i]);
    }
    snprintf(text + used, sizeof text - used, "(%d bytes)", answer[0] + 1);
    observations_note(seen, TEXT_PRODUCT, text);
    seen->signs[SIGN_LONG_ID] = true;
}

void look_at_commands(struct observations *seen, struct serial *line)
{
    const uint8_t sync = AN3155_SYNC;
    uint8_t answer[ANSWER_BYTES] = {0};
    int count = ask(line, GET, answer);

    if (count < 0) { // a second time, as any byte can get lost
        count = ask(line, GET, answer);
    }
    if (count == HALF_ACKED) {
        seen->signs[SIGN_ALL_ACKED] = true;
    } else if (count < 0) {
        seen->signs[SIGN_GET_REFUSED] = true;
        seen->signs[SIGN_VERSION_ANSWERED] = ask(line, GET_VERSION, answer) >= 0;
    } else if (count > 0 && answer[0] > COMMANDS_MOST) {
        seen->signs[SIGN_ALL_ACKED] = true;
    } else {
        count = ask(line, GET_ID, answer);
        if (count > 2 && answer[0] != 1 && answer[0] < count) {
            note_id(seen, answer, count);
        }
    }
    // Whoever looks next sends a sync byte, which ends this half of a command.
    serial_await_silence(line, SILENCE_MS, CHATTER_MS);
    serial_write(line, &sync, 1);
}
