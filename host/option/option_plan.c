// option_plan.c: changes values, and the complements that stand behind them.
// SPDX-License-Identifier: MIT
#include "option_plan.h"

#include "rom_quirks.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES = 40, WORD_BYTES = 4, LEVELS = 3 };

void option_plan_begin(struct option_plan *plan, const struct target *target,
                       const struct option_bytes *before)
{
    *plan = (struct option_plan){.target = target, .before = before, .after = before->state};
}

// The bytes of an area in what is to be written; NULL where it was not read.
static uint8_t *bytes_of(struct flash_state *state, const struct option_area *area)
{
    for (unsigned i = 0; i < state->count; i++) {
        if (state->areas[i].start == area->start) {
            return state->areas[i].bytes;
        }
    }
    return NULL;
}

const uint8_t *option_plan_bytes(const struct option_plan *plan, const struct option_area *area)
{
    return bytes_of((struct flash_state *)&plan->after, area);
}

bool option_plan_touches(const struct option_plan *plan, const struct option_area *area)
{
    for (unsigned i = 0; i < plan->count; i++) {
        if (plan->changes[i].field->address - area->start < area->size) {
            return true;
        }
    }
    return false;
}

// Bytes of a value, behind which its complement stands; 0: none does.
static uint32_t unit_of(enum option_store store)
{
    switch (store) {
    case OPTION_STORE_BYTE_PAIRS:
        return 1;
    case OPTION_STORE_HALF_WORDS:
    case OPTION_STORE_HALF_WORDS_WHEN_SHOWN:
        return 2;
    case OPTION_STORE_WORDS:
        return WORD_BYTES;
    default:
        return 0;
    }
}

static bool is_complement(const uint8_t *value, uint32_t unit)
{
    for (uint32_t i = 0; i < unit; i++) {
        if ((value[i] ^ value[unit + i]) != 0xFF) {
            return false;
        }
    }
    return true;
}

// `shown`: what stands behind the value now.
static void complement(uint8_t *value, const uint8_t *shown, const struct option_area *area)
{
    uint32_t unit = unit_of(area->store);

    if (area->store == OPTION_STORE_HALF_WORDS_WHEN_SHOWN && !is_complement(shown, unit)) {
        return;
    }
    for (uint32_t i = 0; i < unit; i++) {
        value[unit + i] = (uint8_t)~value[i];
    }
}

// All values are written, those that do not change too.
static void settle(struct option_plan *plan, const struct option_area *area)
{
    const struct flash_state *now = &plan->before->state;
    uint32_t unit = unit_of(area->store);
    uint8_t *bytes = bytes_of(&plan->after, area);
    const uint8_t *shown = bytes_of((struct flash_state *)now, area);

    for (uint32_t at = 0; unit && at + 2 * unit <= area->size; at += 2 * unit) {
        complement(bytes + at, shown + at, area);
    }
}

// Where what shall be stands behind what is in force, all fields are copied there first.
static void copy_in_force(struct option_plan *plan, const struct option_area *area)
{
    uint8_t *bytes = bytes_of(&plan->after, area);

    for (const struct option_field *field = plan->before->layout->fields; field->name; field++) {
        uint32_t offset = field->address - area->start;
        if (offset < area->size && area->size - offset >= 2 * WORD_BYTES) {
            memcpy(bytes + offset + WORD_BYTES, bytes + offset, WORD_BYTES);
        }
    }
}

static void put(uint8_t *bytes, uint32_t mask, uint32_t bits)
{
    for (unsigned i = 0; i < WORD_BYTES; i++) {
        uint8_t changed = (uint8_t)(mask >> 8 * i);
        if (changed) {
            bytes[i] = (uint8_t)((bytes[i] & ~changed) | (bits >> 8 * i & changed));
        }
    }
}

static struct option_change *change_of(struct option_plan *plan, const struct option_field *field)
{
    for (unsigned i = 0; i < plan->count; i++) {
        if (plan->changes[i].field == field) {
            return &plan->changes[i];
        }
    }
    return &plan->changes[plan->count++];
}

static const char *why_not(const struct option_plan *plan, const struct option_field *field)
{
    for (const struct option_refused *one = plan->before->layout->refused; one->field; one++) {
        if (strcmp(one->field, field->name) == 0) {
            for (const uint16_t *version = one->versions; *version; version++) {
                if (*version == plan->target->rom_id) {
                    return one->why;
                }
            }
        }
    }
    return option_bytes_area(plan->before->layout, field)->store == OPTION_STORE_READ_ONLY
               ? "nobody has published how this ROM writes it"
               : NULL;
}

static int check(const struct option_plan *plan, const struct option_field *field, uint32_t value,
                 uint32_t *before, struct problem *problem)
{
    const char *port = plan->target->bootloader->port, *why = why_not(plan, field);

    if (value > option_bytes_most(field)) {
        return problem_set(problem, EXIT_USAGE, NULL, "%s=0x%X: it takes at most 0x%X", field->name,
                           (unsigned)value, (unsigned)option_bytes_most(field));
    }
    if (!option_bytes_value(plan->before, field, before)) {
        return problem_set(
            problem, EXIT_REFUSED,
            "bootleap unprotect, which erases all flash, if it is readout protection",
            "chip at %s: its ROM does not let the option bytes with %s be read, so "
            "the others beside it cannot be kept: nothing was written",
            port, field->name);
    }
    if (why && value != *before) {
        return problem_set(problem, EXIT_REFUSED, "a debug probe",
                           "chip at %s: %s cannot be written: %s", port, field->name, why);
    }
    if (plan->count == OPTION_CHANGES) {
        return problem_set(problem, EXIT_USAGE, "two commands", "more than %d option bits at once",
                           OPTION_CHANGES);
    }
    return 0;
}

int option_plan_set(struct option_plan *plan, const struct option_field *field, uint32_t value,
                    struct problem *problem)
{
    const struct option_area *area = option_bytes_area(plan->before->layout, field);
    uint32_t before = 0, lowest = field->mask & (~field->mask + 1);
    int error = check(plan, field, value, &before, problem);

    if (error || value == before) {
        return error;
    }
    bool behind = area->store == OPTION_STORE_NEXT_WORD;
    if (behind && !option_plan_touches(plan, area)) {
        copy_in_force(plan, area);
    }
    *change_of(plan, field) = (struct option_change){field, before, value};
    uint8_t *place = bytes_of(&plan->after, area) + (field->address - area->start);
    put(place + (behind ? WORD_BYTES : 0), field->mask, value * lowest);
    settle(plan, area);
    return 0;
}

void option_plan_in_force(const struct option_plan *plan, struct flash_state *state)
{
    *state = plan->after;
    for (unsigned i = 0; i < plan->count; i++) {
        const struct option_field *field = plan->changes[i].field;
        uint8_t *bytes = bytes_of(state, option_bytes_area(plan->before->layout, field));
        uint32_t offset = field->address - option_bytes_area(plan->before->layout, field)->start;
        put(bytes + offset, field->mask,
            plan->changes[i].after * (field->mask & (~field->mask + 1)));
    }
}

static int parse_value(const char *text, uint32_t *value, struct problem *problem)
{
    bool hexadecimal = strncmp(text, "0x", 2) == 0 || strncmp(text, "0X", 2) == 0;
    char *end;

    errno = 0;
    unsigned long number = strtoul(text, &end, hexadecimal ? 16 : 10);
    // strtoul would take "-1" and " 1".
    if (text[0] < '0' || text[0] > '9' || errno || *end || number > UINT32_MAX) {
        return problem_set(problem, EXIT_USAGE, "NAME=1, or NAME=0xAA",
                           "option value \"%s\": not a 32-bit number", text);
    }
    *value = (uint32_t)number;
    return 0;
}

// A number of a level is taken for one, and is none: RDP=0 would be level 1.
static int check_level(const struct option_plan *plan, const struct option_field *field,
                       uint32_t value, struct problem *problem)
{
    const struct readout_protection *readout = &plan->target->device->readout_protection;

    if (field->risk != OPTION_RISK_READOUT || value >= LEVELS) {
        return 0;
    }
    char suggestion[160];
    snprintf(suggestion, sizeof suggestion,
             "%s=0x%X for level 0, bootleap protect --readout for level 1", field->name,
             (unsigned)readout->level_0);
    return problem_set(problem, EXIT_USAGE, suggestion,
                       "%s=%u: a byte is wanted, and this one means level 1", field->name,
                       (unsigned)value);
}

// Two values for one name: which of them is meant, nobody can say.
static int note_name(struct option_plan *plan, const struct option_field *field,
                     struct problem *problem)
{
    for (unsigned i = 0; i < plan->named_count; i++) {
        if (plan->named[i] == field) {
            return problem_set(problem, EXIT_USAGE, "one value for each name",
                               "%s is there twice: nothing was written", field->name);
        }
    }
    if (plan->named_count == OPTION_CHANGES) {
        return problem_set(problem, EXIT_USAGE, "several writes",
                           "more than %d option bits at once: nothing was written", OPTION_CHANGES);
    }
    plan->named[plan->named_count++] = field;
    return 0;
}

int option_plan_set_text(struct option_plan *plan, const char *text, struct problem *problem)
{
    const char *equals = strchr(text, '=');
    const struct option_field *field;
    char name[NAME_BYTES];
    uint32_t value = 0;

    if (equals == NULL || equals == text || (size_t)(equals - text) >= sizeof name) {
        return problem_set(problem, EXIT_USAGE, "NAME=VALUE, such as nBOOT0=1",
                           "\"%s\": no option bits and their value", text);
    }
    snprintf(name, sizeof name, "%.*s", (int)(equals - text), text);
    int error = option_bytes_require(plan->target->device, name, &field, problem);
    if (error == 0) {
        error = parse_value(equals + 1, &value, problem);
    }
    if (error == 0) {
        error = check_level(plan, field, value, problem);
    }
    if (error == 0) {
        error = note_name(plan, field, problem);
    }
    return error ? error : option_plan_set(plan, field, value, problem);
}
