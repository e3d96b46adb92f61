// journal.h: what happened in a run, as JSON: events while it runs, the summary at its end.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_JOURNAL_H
#define BOOTLEAP_SIM_JOURNAL_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct contract;
struct outcome;

struct journal {
    FILE *events;     // one JSON object a line, or NULL
    json_t *handoffs; // arrays of the summary
    json_t *starts;
    json_t *returns;
    json_t *calls;
    json_t *behaviour;
    const uint64_t *now; // instructions since power-on, put into each event
    bool findings;       // some point of a contract does not hold
    char line[128];      // text of a USART until its end of line
    size_t line_used;
};

void journal_open(struct journal *journal, FILE *events, const uint64_t *now);
void journal_close(struct journal *journal);

// Writes an event: {"event": name, "at": instructions since power-on, members of
// `details`}. Takes over the reference to `details`, which may be NULL.
void journal_event(struct journal *journal, const char *name, json_t *details);

// One bit a pin of a port: which are outputs, and their levels.
struct port_state {
    uint32_t outputs, levels;
};

// A pin becomes known when it is an output and its level is new, or when it becomes one.
void journal_port(struct journal *journal, char port, struct port_state before,
                  struct port_state after);
// A byte that a USART sent: events are whole lines.
void journal_byte(struct journal *journal, const char *usart, uint8_t byte);

// A member of an object that is a text; "" where there is none. And whether it is this one.
const char *journal_text(const json_t *object, const char *key);
bool journal_is(const json_t *object, const char *key, const char *value);

// "0x%08X", as a new JSON string.
json_t *journal_address(uint32_t address);

#endif
