// gdb_answer.c: answers GDB's packets that leave the core where it is.
// SPDX-License-Identifier: MIT
//
// Packets: "Debugging with GDB", appendix "GDB Remote Serial Protocol", section "Packets".
#include "gdb_answer.h"

#include "gdb_registers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 1024 }; // the longest piece of memory or text in one packet

static void send(struct gdb_talk *gdb, const char *text)
{
    gdb_link_send(&gdb->link, text);
}

static void put_hex(char *text, const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        snprintf(text + 2 * i, 3, "%02x", bytes[i]);
    }
}

// Hexadecimal digits to bytes; false if there are fewer than asked for.
static bool get_hex(const char *text, uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned byte;
        if (sscanf(text + 2 * i, "%2x", &byte) != 1) {
            return false;
        }
        bytes[i] = (uint8_t)byte;
    }
    return true;
}

static void put_register(char *text, uint32_t value)
{
    const uint8_t bytes[] = {(uint8_t)value, (uint8_t)(value >> 8), (uint8_t)(value >> 16),
                             (uint8_t)(value >> 24)};

    put_hex(text, bytes, sizeof bytes);
}

static bool get_register(const char *text, uint32_t *value)
{
    uint8_t bytes[4];
    bool good = get_hex(text, bytes, sizeof bytes);

    *value = good ? bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
                        (uint32_t)bytes[3] << 24
                  : 0;
    return good;
}

static void answer_registers(struct gdb_talk *gdb, const char *text)
{
    char all[GDB_REGISTERS * 8 + 1];
    uint32_t value;

    (void)text;
    for (unsigned i = 0; i < GDB_REGISTERS; i++) {
        value = gdb_register(gdb->chip, i);
        put_register(all + 8 * i, value);
    }
    send(gdb, all);
}

static void set_registers(struct gdb_talk *gdb, const char *text)
{
    uint32_t value;

    for (unsigned i = 0; i < GDB_REGISTERS && get_register(text + 8 * i, &value); i++) {
        gdb_set_register(gdb->chip, i, value);
    }
    send(gdb, "OK");
}

static void answer_register(struct gdb_talk *gdb, const char *text)
{
    unsigned long number = strtoul(text, NULL, 16);
    char value[9];

    if (number >= GDB_ALL_REGISTERS) {
        send(gdb, "E01");
        return;
    }
    put_register(value, gdb_register(gdb->chip, (unsigned)number));
    send(gdb, value);
}

static void set_register(struct gdb_talk *gdb, const char *text)
{
    char *end;
    unsigned long number = strtoul(text, &end, 16);
    uint32_t value;

    if (number >= GDB_ALL_REGISTERS || *end != '=' || !get_register(end + 1, &value)) {
        send(gdb, "E01");
        return;
    }
    gdb_set_register(gdb->chip, (unsigned)number, value);
    send(gdb, "OK");
}

static void answer_memory(struct gdb_talk *gdb, const char *text)
{
    unsigned address = 0, size = 0, got = 0;
    uint8_t bytes[CHUNK];
    char hex[2 * CHUNK + 1];

    sscanf(text, "%x,%x", &address, &size);
    size = size < CHUNK ? size : CHUNK;
    while (got < size && gdb_read_byte(gdb->chip, address + got, &bytes[got])) {
        got++;
    }
    put_hex(hex, bytes, got);
    send(gdb, got ? hex : "E01");
}

static void set_memory(struct gdb_talk *gdb, const char *text)
{
    unsigned address = 0, size = 0;
    const char *hex = strchr(text, ':');
    uint8_t bytes[CHUNK];
    bool good = hex && sscanf(text, "%x,%x", &address, &size) == 2 && size <= CHUNK &&
                get_hex(hex + 1, bytes, size) && gdb_write(gdb->chip, address, bytes, size);

    send(gdb, good ? "OK" : "E01");
}

// Z and z, type 0 and 1: a breakpoint needs no memory here, so software and hardware
// breakpoints are the same. Watchpoints are left to GDB, which steps.
static void change_breakpoint(struct gdb_talk *gdb, const char *text, bool set)
{
    unsigned type = 9, address = 0;
    size_t i = 0;

    if (sscanf(text, "%u,%x", &type, &address) != 2 || type > 1) {
        send(gdb, "");
        return;
    }
    while (i < gdb->breakpoint_count && gdb->breakpoints[i] != address) {
        i++;
    }
    if (set && i == GDB_BREAKPOINTS) {
        send(gdb, "E01");
        return;
    }
    if (set && i == gdb->breakpoint_count) {
        gdb->breakpoints[gdb->breakpoint_count++] = address;
    } else if (!set && i < gdb->breakpoint_count) {
        gdb->breakpoints[i] = gdb->breakpoints[--gdb->breakpoint_count];
    }
    send(gdb, "OK");
}

// "monitor COMMAND", in hexadecimal.
static void obey(struct gdb_talk *gdb, const char *hex)
{
    char command[16] = "", answer[160];
    const char *say = "monitor reset: press the reset button\n";

    get_hex(hex, (uint8_t *)command, strlen(hex) / 2 < 15 ? strlen(hex) / 2 : 15);
    if (strcmp(command, "reset") == 0) {
        chip_want_reset(gdb->chip, RESET_PIN);
        say = "the reset pin is pressed: it takes effect when the core runs on\n";
    }
    put_hex(answer, (const uint8_t *)say, strlen(say));
    send(gdb, answer);
}

// "qXfer:features:read:target.xml:OFFSET,LENGTH"
static void answer_target(struct gdb_talk *gdb, const char *text)
{
    unsigned offset = 0, length = 0;
    size_t left;
    char piece[CHUNK + 2];

    sscanf(text, "%x,%x", &offset, &length);
    left = offset < strlen(gdb_target_xml) ? strlen(gdb_target_xml) - offset : 0;
    length = length < CHUNK ? length : CHUNK;
    snprintf(piece, sizeof piece, "%c%.*s", left > length ? 'm' : 'l', (int)length,
             left ? gdb_target_xml + offset : "");
    send(gdb, piece);
}

static bool skip_prefix(const char **text, const char *prefix)
{
    bool starts = strncmp(*text, prefix, strlen(prefix)) == 0;

    *text += starts ? strlen(prefix) : 0;
    return starts;
}

static void answer_query(struct gdb_talk *gdb, const char *text)
{
    if (skip_prefix(&text, "Supported")) {
        send(gdb, "PacketSize=800;qXfer:features:read+;QStartNoAckMode+;hwbreak+;swbreak+;"
                  "vContSupported+");
    } else if (skip_prefix(&text, "Xfer:features:read:target.xml:")) {
        answer_target(gdb, text);
    } else if (skip_prefix(&text, "Rcmd,")) {
        obey(gdb, text);
    } else if (skip_prefix(&text, "Attached")) {
        send(gdb, "1");
    } else if (skip_prefix(&text, "fThreadInfo")) {
        send(gdb, "m1");
    } else if (skip_prefix(&text, "sThreadInfo")) {
        send(gdb, "l");
    } else {
        send(gdb, skip_prefix(&text, "C") ? "QC1" : "");
    }
}

static void answer_v_and_q(struct gdb_talk *gdb, const char *text)
{
    if (strcmp(text, "QStartNoAckMode") == 0) {
        send(gdb, "OK");
        gdb->link.no_ack = true;
    } else if (strcmp(text, "vCont?") == 0) {
        send(gdb, "vCont;c;C;s;S");
    } else {
        send(gdb, ""); // vMustReplyEmpty, and what is not known
    }
}

void gdb_answer(struct gdb_talk *gdb, const char *text)
{
    switch (*text) {
    case '?':
        send(gdb, "S05");
        return;
    case 'g':
        answer_registers(gdb, text + 1);
        return;
    case 'G':
        set_registers(gdb, text + 1);
        return;
    case 'p':
        answer_register(gdb, text + 1);
        return;
    case 'P':
        set_register(gdb, text + 1);
        return;
    case 'm':
        answer_memory(gdb, text + 1);
        return;
    case 'M':
        set_memory(gdb, text + 1);
        return;
    case 'Z':
    case 'z':
        change_breakpoint(gdb, text + 1, *text == 'Z');
        return;
    case 'q':
        answer_query(gdb, text + 1);
        return;
    case 'H':
    case 'T':
        send(gdb, "OK");
        return;
    default:
        answer_v_and_q(gdb, text);
    }
}
