// history.c: looks back at what happened on the way to an entry.
// SPDX-License-Identifier: MIT
#include "history.h"

#include <stdio.h>
#include <string.h>

// Calls that are named: those nearest to what happened.
enum { MOST_CALLS = 5 };

const struct event *history_last(const struct rom_entry *entry, enum event_kind kind)
{
    const struct event *event = entry->events;

    while (event && event->kind != kind) {
        event = event->before;
    }
    return event;
}

const struct event *history_store(const struct rom_entry *entry, uint32_t address,
                                  const struct event *before)
{
    const struct event *event = before ? before->before : entry->events;

    while (event && (event->kind != EVENT_STORE || event->address != address)) {
        event = event->before;
    }
    return event;
}

struct value history_register(const struct rom_entry *entry, uint32_t address, uint32_t reset)
{
    const struct word *word = memory_word(&entry->memory, address);

    if (word) {
        return word->value;
    }
    if (entry->origin == ORIGIN_RESET) {
        return history_last(entry, EVENT_UNKNOWN) ? value_unknown() : value_number(reset);
    }
    // Written, and then forgotten at a call that nobody looked into.
    return history_store(entry, address, NULL) ? value_unknown()
                                               : value_from(SOURCE_LEFT, address, 0);
}

bool history_is_left(const struct value *value)
{
    return value->source == SOURCE_LEFT || value->source == SOURCE_REGISTER;
}

static void append(char calls[CALLS_ROOM], const char *name)
{
    size_t used = strlen(calls);

    snprintf(calls + used, CALLS_ROOM - used, "%s%s", used ? " > " : "", name);
}

// The frames from the outermost one on, but the nearest ones alone.
static void append_callers(const struct firmware *firmware, const struct frame *frame,
                           char calls[CALLS_ROOM])
{
    const struct frame *nearest[MOST_CALLS];
    char name[IMAGE_NAME_ROOM];
    unsigned count = 0;

    for (; frame && count < MOST_CALLS; frame = frame->caller) {
        nearest[count++] = frame;
    }
    while (count > 0) {
        firmware_name(firmware, nearest[--count]->call, name);
        append(calls, name);
    }
}

void history_calls(const struct firmware *firmware, const struct frame *frames, uint32_t pc,
                   char calls[CALLS_ROOM])
{
    char name[IMAGE_NAME_ROOM];

    calls[0] = '\0';
    append_callers(firmware, frames, calls);
    firmware_name(firmware, pc, name);
    append(calls, name);
}
