// option_report.c: prints fields of option bytes, changes, and what takes them back.
// SPDX-License-Identifier: MIT
#include "option_report.h"

#include "json_value.h"
#include "option_loss.h"
#include "plain_text.h"

#include <stdio.h>
#include <string.h>

enum { LINE_BYTES = 400, WIDE = 0xF };

static const char *const risks[] = {
    [OPTION_RISK_NONE] = "",
    [OPTION_RISK_READOUT] = "readout protection",
    [OPTION_RISK_FOREVER] = "can be for ever",
    [OPTION_RISK_WRITE] = "write protection",
    [OPTION_RISK_PCROP] = "protects code from being read",
    [OPTION_RISK_SECURE] = "hides flash",
    [OPTION_RISK_BOOT] = "what starts after a reset",
    [OPTION_RISK_BANKS] = "layout of flash",
    [OPTION_RISK_WATCHDOG] = "watchdog from the reset on",
};

// As ST writes it: bits 10:8, or bit 24.
static void bits_text(uint32_t mask, char text[16])
{
    unsigned low = (unsigned)__builtin_ctz(mask), high = 31 - (unsigned)__builtin_clz(mask);

    if (low == high) {
        snprintf(text, 16, "%u", low);
    } else {
        snprintf(text, 16, "%u:%u", high, low);
    }
}

static void print_value(const struct option_field *field, bool known, uint32_t value)
{
    if (!known) {
        printf("  %-12s", "not readable");
    } else if (option_bytes_most(field) > WIDE) {
        printf("  0x%-10X", (unsigned)value);
    } else {
        printf("  %-12u", (unsigned)value);
    }
}

static void print_field(const struct option_field *field, const struct option_bytes *read)
{
    uint32_t value = 0;
    char bits[16];

    bits_text(field->mask, bits);
    printf("%-18s", field->name);
    if (read) {
        bool known = option_bytes_value(read, field, &value);
        print_value(field, known, value);
    }
    printf("  0x%08X bit%s ", (unsigned)field->address, strchr(bits, ':') ? "s" : " ");
    if (*risks[field->risk]) {
        printf("%-6s %s\n", bits, risks[field->risk]);
    } else {
        printf("%s\n", bits);
    }
}

static void add_field(json_t *list, const struct option_field *field,
                      const struct option_bytes *read)
{
    json_t *one = json_object();
    uint32_t value = 0;

    json_object_set_new(one, "name", json_value_string(field->name));
    json_object_set_new(one, "address", json_value_hex(field->address, 8));
    json_object_set_new(one, "mask", json_value_hex(field->mask, 8));
    json_object_set_new(one, "risk", json_value_text(risks[field->risk]));
    if (read) {
        json_object_set_new(one, "value",
                            option_bytes_value(read, field, &value) ? json_integer(value)
                                                                    : json_null());
    }
    json_array_append_new(list, one);
}

void option_report_fields(const struct device *device, const struct option_bytes *read,
                          const struct option_field *only, json_t *report)
{
    json_t *list = report ? json_object_get(report, "options") : NULL;

    if (report && list == NULL) {
        list = json_array();
        json_object_set_new(report, "options", list);
    }

    for (const struct option_field *field = device->option_layout->fields; field->name; field++) {
        if (only && only != field) {
            continue;
        }
        if (report) {
            add_field(list, field, read);
        } else {
            print_field(field, read);
        }
    }
    if (report) {
        json_object_set_new(report, "device", json_value_string(device->slug));
        json_object_set_new(report, "inferred", json_boolean(device->option_layout->inferred));
    }
}

static void value_text(const struct option_field *field, uint32_t value, char text[16])
{
    snprintf(text, 16, option_bytes_most(field) > WIDE ? "0x%X" : "%u", (unsigned)value);
}

// Options of the command line that what takes a plan back needs itself.
static void add_losses(const struct option_plan *plan, char line[LINE_BYTES])
{
    struct option_bytes now = *plan->before;
    struct option_plan back;
    struct problem ignored;

    option_plan_in_force(plan, &now.state);
    option_plan_begin(&back, plan->target, &now);
    for (unsigned i = 0; i < plan->count; i++) {
        if (plan->changes[i].field->risk != OPTION_RISK_READOUT) {
            option_plan_set(&back, plan->changes[i].field, plan->changes[i].before, &ignored);
        }
    }
    unsigned losses = option_loss_of_plan(&back);
    for (const struct option_loss_text *loss = option_losses; loss->bit; loss++) {
        if (losses & (unsigned)loss->bit) {
            size_t used = strlen(line);
            snprintf(line + used, LINE_BYTES - used, " --%s", loss->option);
        }
    }
}

static void tell_undo(const char *line, json_t *list)
{
    if (list) {
        json_array_append_new(list, json_value_string(line));
    } else {
        printf("undo: ");
        plain_text_print(stdout, line);
        putchar('\n');
    }
}

// Readout protection goes by a command of its own, and erases all flash; then the others.
static void undo(const struct option_plan *plan, json_t *list)
{
    const char *port = plan->target->bootloader->port;
    char line[LINE_BYTES], value[16];
    unsigned others = 0;

    snprintf(line, sizeof line, "bootleap unprotect %s --erase-all-flash", port);
    for (unsigned i = 0; i < plan->count; i++) {
        if (option_loss_of(plan, &plan->changes[i]) & OPTION_LOSS_READING_FLASH) {
            tell_undo(line, list);
        }
    }
    snprintf(line, sizeof line, "bootleap option write %s", port);
    for (unsigned i = 0; i < plan->count; i++) {
        const struct option_change *change = &plan->changes[i];
        if (change->field->risk == OPTION_RISK_READOUT) {
            continue;
        }
        size_t used = strlen(line);
        value_text(change->field, change->before, value);
        snprintf(line + used, sizeof line - used, " %s=%s", change->field->name, value);
        others++;
    }
    if (others) {
        add_losses(plan, line);
        tell_undo(line, list);
    }
}

static json_t *change_json(const struct option_change *change)
{
    json_t *one = json_object();

    json_object_set_new(one, "name", json_value_string(change->field->name));
    json_object_set_new(one, "before", json_integer(change->before));
    json_object_set_new(one, "after", json_integer(change->after));
    return one;
}

void option_report_plan(const struct option_plan *plan, json_t *report)
{
    json_t *changes = report ? json_array() : NULL, *lines = report ? json_array() : NULL;
    unsigned losses = option_loss_of_plan(plan);
    char before[16], after[16];

    for (unsigned i = 0; i < plan->count; i++) {
        const struct option_change *change = &plan->changes[i];
        value_text(change->field, change->before, before);
        value_text(change->field, change->after, after);
        if (report) {
            json_array_append_new(changes, change_json(change));
        } else {
            printf("%s: %s -> %s\n", change->field->name, before, after);
        }
    }
    for (const struct option_loss_text *loss = option_losses; !report && loss->bit; loss++) {
        if (losses & (unsigned)loss->bit) {
            printf("warning: %s\n", loss->what);
        }
    }
    if (losses & OPTION_LOSS_CHIP_FOREVER) {
        if (!report) {
            printf("undo: nothing takes it back\n");
        }
    } else {
        undo(plan, lines);
    }
    if (report) {
        json_object_set_new(report, "changes", changes);
        json_object_set_new(report, "undo", lines);
    }
    fflush(stdout); // it is to be read whatever comes next
}

static const char *level_text(const struct target *target)
{
    static const char *const levels[] = {[READOUT_UNKNOWN] = "unknown",
                                         [READOUT_LEVEL_0] = "level 0",
                                         [READOUT_LEVEL_HALF] = "level 0.5",
                                         [READOUT_LEVEL_1] = "level 1",
                                         [READOUT_LEVEL_2] = "level 2"};

    return target->readout == READOUT_UNKNOWN && !target_shows_something(target)
               ? "on: the ROM lets nothing be read"
               : levels[target->readout];
}

static json_t *ranges_json(const struct target *target)
{
    json_t *list = json_array();

    for (size_t i = 0; i < target->protected_count; i++) {
        json_t *one = json_object();
        json_object_set_new(one, "start", json_value_hex(target->protected[i].start, 8));
        json_object_set_new(one, "size", json_integer(target->protected[i].size));
        json_object_set_new(one, "name", json_value_string(target->protected[i].name));
        json_array_append_new(list, one);
    }
    return list;
}

void option_report_protection(const struct target *target, json_t *report)
{
    if (report) {
        json_object_set_new(report, "device", json_value_string(target->device->slug));
        json_object_set_new(report, "readout_protection", json_value_string(level_text(target)));
        json_object_set_new(report, "write_protected", ranges_json(target));
        return;
    }
    printf("readout protection: %s\n", level_text(target));
    for (size_t i = 0; i < target->protected_count; i++) {
        const struct region *range = &target->protected[i];
        printf("write protected: 0x%08X to 0x%08X (%s)\n", (unsigned)range->start,
               (unsigned)(range->start + range->size - 1), range->name);
    }
    if (!target->protection_known) {
        printf("write protected: not all of it is readable\n");
    } else if (target->protected_count == 0) {
        printf("write protected: nothing\n");
    }
}
