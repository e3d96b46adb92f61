// look_at_line.c: listens to a serial line, sends sync bytes, and says what comes.
// SPDX-License-Identifier: MIT
#include "look.h"

#include "an3155_link.h"
#include "monotonic.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum {
    LISTEN_MS = 250, // for what comes unasked
    LONG_MS = 1200,  // ... from an application that prints once a second
    ANSWER_MS = 100, // a ROM answers a sync byte within a few
    SILENCE_MS = 30, // more than the latency timer of a USB adapter
    HEARD_BYTES = 48,
    TEXT_LEAST = 4, // characters that make a text
};

// Usual rates, besides the one that was asked for.
static const unsigned rates[] = {115200, 57600, 9600, 38400, 19200, 230400};

enum { RATES = sizeof rates / sizeof *rates };

struct heard {
    uint8_t bytes[HEARD_BYTES];
    int count; // -1: the line is gone
};

static bool configure(struct observations *seen, struct serial *line, unsigned baud,
                      enum parity parity)
{
    struct problem problem;
    char number[16];
    int error = serial_configure(line, baud, parity, &problem);

    if (error) {
        bool with_parity = parity != PARITY_NONE;
        bool without = with_parity && serial_configure(line, baud, PARITY_NONE, &problem) == 0;
        seen->signs[without ? SIGN_NO_PARITY : SIGN_NO_BAUD] = true;
        snprintf(number, sizeof number, "%u", baud);
        observations_note(seen, TEXT_BAUD, number);
        observations_note(seen, TEXT_ERROR, problem.what);
    }
    return error == 0;
}

// The same for a rate that need not exist.
static bool try_rate(struct serial *line, unsigned baud, enum parity parity)
{
    struct problem problem;

    return serial_configure(line, baud, parity, &problem) == 0;
}

// What comes within `wait_ms`, until the line is silent or enough has come.
static struct heard listen(struct serial *line, unsigned wait_ms)
{
    struct heard heard = {.count = 0};

    heard.count = serial_read(line, heard.bytes, 1, wait_ms);
    if (heard.count == 1) {
        int more = serial_read(line, heard.bytes + 1, sizeof heard.bytes - 1, SILENCE_MS);
        heard.count = more < 0 ? -1 : 1 + more;
    }
    return heard;
}

static bool is_printable(uint8_t byte)
{
    return byte < 0x7F && (isprint(byte) || byte == '\r' || byte == '\n' || byte == '\t');
}

// Nearly all of it prints: the first byte may be the end of one that was on its way.
static bool is_text(const struct heard *heard)
{
    int printable = 0;

    for (int i = 0; i < heard->count; i++) {
        printable += is_printable(heard->bytes[i]);
    }
    return printable >= TEXT_LEAST && printable * 8 >= heard->count * 7;
}

static void note_text(struct observations *seen, const struct heard *heard)
{
    char text[HEARD_BYTES + 1];
    int first = 0, length = 0;

    while (first < heard->count && isspace(heard->bytes[first])) {
        first++;
    }
    while (first + length < heard->count && heard->bytes[first + length] != '\r' &&
           heard->bytes[first + length] != '\n') {
        text[length] = (char)heard->bytes[first + length];
        length++;
    }
    text[length] = '\0';
    observations_note(seen, TEXT_HEARD, text);
}

static void note_bytes(struct observations *seen, const struct heard *heard)
{
    enum { MOST = 8 };
    char text[SEEN_TEXT_BYTES] = "";
    size_t used = 0;

    for (int i = 0; i < heard->count && i < MOST; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "%s0x%02X", i ? " " : "",
                                 heard->bytes[i]);
    }
    snprintf(text + used, sizeof text - used, "%s", heard->count > MOST ? " ..." : "");
    observations_note(seen, TEXT_HEARD, text);
}

static void note_printing(struct observations *seen, const struct heard *heard, unsigned baud)
{
    bool usual = baud == rates[0];
    char number[16];

    snprintf(number, sizeof number, "%u", baud);
    observations_note(seen, TEXT_BAUD, number);
    note_text(seen, heard);
    seen->signs[SIGN_NMEA] = strncmp(seen->texts[TEXT_HEARD], "$G", 2) == 0;
    seen->signs[usual ? SIGN_TEXT : SIGN_TEXT_OTHER_BAUD] = true;
}

// Something comes that is no text: perhaps at another rate.
static void try_rates(struct observations *seen, struct serial *line, const struct heard *first)
{
    for (unsigned i = 1; i < RATES; i++) {
        if (!try_rate(line, rates[i], PARITY_NONE)) {
            continue;
        }
        serial_await_silence(line, SILENCE_MS, ANSWER_MS);
        struct heard heard = listen(line, LONG_MS);
        if (is_text(&heard)) {
            note_printing(seen, &heard, rates[i]);
            return;
        }
    }
    seen->signs[SIGN_NOISE] = true;
    note_bytes(seen, first);
}

// Whether something comes unasked, which is noted, or the line is gone.
static bool comes_unasked(struct observations *seen, struct serial *line, unsigned wait_ms)
{
    if (!try_rate(line, rates[0], PARITY_NONE)) {
        return false;
    }
    struct heard heard = listen(line, wait_ms);
    if (heard.count < 0) {
        seen->signs[SIGN_GONE] = true;
    } else if (is_text(&heard)) {
        note_printing(seen, &heard, rates[0]);
    } else if (heard.count >= TEXT_LEAST) {
        try_rates(seen, line, &heard);
    } else { // a single byte comes of the port's opening
        return false;
    }
    return true;
}

static struct heard ask(struct serial *line, uint8_t byte)
{
    const struct heard gone = {.count = -1};

    return serial_write(line, &byte, 1) == 0 ? listen(line, ANSWER_MS) : gone;
}

// One byte, or some versions' two.
static bool is_rom(const struct heard *heard)
{
    bool single = heard->count == 1 || (heard->count == 2 && heard->bytes[0] == heard->bytes[1]);

    return single && (heard->bytes[0] == AN3155_ACK || heard->bytes[0] == AN3155_NACK);
}

static void note_answer(struct observations *seen, const struct heard *heard)
{
    struct heard behind = *heard;

    if (heard->bytes[0] == AN3155_SYNC) {
        behind.count--;
        memmove(behind.bytes, behind.bytes + 1, sizeof behind.bytes - 1);
        seen->signs[is_rom(&behind) ? SIGN_ECHO_AND_ROM : SIGN_ECHO] = true;
    } else if (is_text(heard)) {
        seen->signs[SIGN_ANSWER_TEXT] = true;
        note_text(seen, heard);
    } else {
        seen->signs[SIGN_ANSWER_GARBAGE] = true;
        note_bytes(seen, heard);
    }
}

// Sends a sync byte; where nothing answers, a byte that ends a command which a ROM may have taken
// the sync byte for. False where nothing came.
static bool answers(struct observations *seen, struct serial *line)
{
    serial_discard(line);
    struct heard heard = ask(line, AN3155_SYNC);
    if (heard.count == 0) {
        heard = ask(line, 0x00);
    }
    if (heard.count < 0) {
        seen->signs[SIGN_GONE] = true;
    } else if (is_rom(&heard)) {
        seen->signs[SIGN_ROM] = true;
    } else if (heard.count > 0) {
        note_answer(seen, &heard);
    }
    return heard.count != 0;
}

// A ROM that was found by another program keeps that one's rate.
static bool answers_at_other_rate(struct observations *seen, struct serial *line, unsigned baud)
{
    char number[16];

    for (unsigned i = 0; i < RATES; i++) {
        if (rates[i] == baud || !try_rate(line, rates[i], PARITY_EVEN)) {
            continue;
        }
        struct observations other = {.signs = {false}};
        if (answers(&other, line) && (other.signs[SIGN_ROM] || other.signs[SIGN_GONE])) {
            seen->signs[other.signs[SIGN_ROM] ? SIGN_ROM_OTHER_BAUD : SIGN_GONE] = true;
            snprintf(number, sizeof number, "%u", rates[i]);
            observations_note(seen, TEXT_BAUD, number);
            return true;
        }
    }
    return false;
}

void look_at_line(struct observations *seen, struct serial *line, unsigned baud)
{
    seen->signs[SIGN_LISTENED] = true;
    if (comes_unasked(seen, line, LISTEN_MS) || !configure(seen, line, baud, PARITY_EVEN)) {
        return;
    }
    if (answers(seen, line)) {
        if (seen->signs[SIGN_ROM]) {
            look_at_commands(seen, line);
        }
        return;
    }
    if (answers_at_other_rate(seen, line, baud) || comes_unasked(seen, line, LONG_MS)) {
        return;
    }
    seen->signs[SIGN_SILENT] = true;
}
