// journal.c: writes events and collects what the summary needs.
// SPDX-License-Identifier: MIT
#include "journal.h"

#include <string.h>

void journal_open(struct journal *journal, FILE *events, const uint64_t *now)
{
    *journal = (struct journal){
        .events = events,
        .handoffs = json_array(),
        .starts = json_array(),
        .returns = json_array(),
        .calls = json_array(),
        .behaviour = json_array(),
        .now = now,
    };
}

void journal_close(struct journal *journal)
{
    json_decref(journal->handoffs);
    json_decref(journal->starts);
    json_decref(journal->returns);
    json_decref(journal->calls);
    json_decref(journal->behaviour);
    if (journal->events) {
        fclose(journal->events);
    }
}

const char *journal_text(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));

    return value ? value : "";
}

bool journal_is(const json_t *object, const char *key, const char *value)
{
    return strcmp(journal_text(object, key), value) == 0;
}

json_t *journal_address(uint32_t address)
{
    return json_sprintf("0x%08X", (unsigned)address);
}

void journal_event(struct journal *journal, const char *name, json_t *details)
{
    if (journal->events) {
        json_t *event = json_pack("{s:s, s:I}", "event", name, "at", (json_int_t)*journal->now);
        if (details) {
            json_object_update(event, details);
        }
        json_dumpf(event, journal->events, JSON_COMPACT | JSON_PRESERVE_ORDER);
        fputc('\n', journal->events);
        fflush(journal->events);
        json_decref(event);
    }
    json_decref(details);
}

void journal_port(struct journal *journal, char port, struct port_state before,
                  struct port_state after)
{
    uint32_t changed = (before.levels ^ after.levels) | ~before.outputs;

    for (unsigned pin = 0; pin < 16; pin++) {
        if ((after.outputs & changed) >> pin & 1u) {
            journal_event(journal, "pin",
                          json_pack("{s:o, s:i}", "pin", json_sprintf("P%c%u", port, pin), "level",
                                    (int)(after.levels >> pin & 1u)));
        }
    }
}

void journal_byte(struct journal *journal, const char *usart, uint8_t byte)
{
    bool printable = byte >= 0x20 && byte < 0x7F;

    if (printable && journal->line_used < sizeof journal->line - 1) {
        journal->line[journal->line_used++] = (char)byte;
    } else if (byte == '\n' && journal->line_used) {
        journal->line[journal->line_used] = '\0';
        journal->line_used = 0;
        journal_event(journal, "text",
                      json_pack("{s:s, s:s}", "usart", usart, "text", journal->line));
    }
}
