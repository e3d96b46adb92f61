// cmd_pins.c: `bootleap pins`, what a ROM listens on, drives and pulls.
// SPDX-License-Identifier: MIT
#include "boot0.h"
#include "device_json.h"
#include "device_name.h"
#include "device_package.h"
#include "device_text.h"
#include "field.h"
#include "json_value.h"
#include "pin_list.h"
#include "rom_version_text.h"
#include "shared_options.h"
#include "verb.h"
#include "words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELL_BYTES = 128 };

static const char warning[] =
    "The ROM drives and pulls these pins as soon as it runs, whatever is connected to them. The "
    "pull-ups of a ROM have destroyed power stages: on boards of a motor controller they switched "
    "both halves of a bridge on. Look up each pin in your circuit before the ROM runs on it.";
static const char warning_source[] =
    "odriverobotics/ODrive 02e29d8 Firmware/MotorControl/main.cpp (early_start_checks)";

static bool is_driven(const struct pin_use *use)
{
    return use->mode == PIN_DRIVEN;
}

static bool is_open_drain(const struct pin_use *use)
{
    return use->mode == PIN_OPEN_DRAIN;
}

static bool is_driven_later(const struct pin_use *use)
{
    return use->mode == PIN_WHEN_FOUND;
}

static bool is_pulled_up(const struct pin_use *use)
{
    return use->pull == PIN_PULL_UP;
}

static bool is_pulled_down(const struct pin_use *use)
{
    return use->pull == PIN_PULL_DOWN;
}

static bool is_unknown(const struct pin_use *use)
{
    return use->mode == PIN_UNKNOWN || use->pull == PIN_PULL_UNKNOWN;
}

// "I2C1 at 0x3A"
static void interface_text(const struct pin_use *use, char text[CELL_BYTES])
{
    const struct rom_interface *interface = use->interface;
    if (interface == NULL) {
        snprintf(text, CELL_BYTES, "unused");
    } else if (interface->address != 0) {
        snprintf(text, CELL_BYTES, "%s at 0x%02X", interface->name, (unsigned)interface->address);
    } else {
        snprintf(text, CELL_BYTES, "%s", interface->name);
    }
}

// "V9.0, V9.1", or "all"
static void versions_text(const struct device *device, uint32_t versions, char text[CELL_BYTES])
{
    char version[ROM_VERSION_TEXT_BYTES];
    size_t used = 0;

    if (versions == pin_list_all_versions(device)) {
        snprintf(text, CELL_BYTES, "all");
        return;
    }
    text[0] = '\0';
    for (size_t i = 0; device->rom_ids[i] != 0 && used < CELL_BYTES; i++) {
        if (versions >> i & 1u) {
            used += (size_t)snprintf(text + used, CELL_BYTES - used, "%s%s", used ? ", " : "",
                                     rom_version_text(device->rom_ids[i], version));
        }
    }
}

static void print_table(const struct device *device, const struct pin_use *uses, size_t count)
{
    static const char row[] = "%-6s  %-14s  %-7s  %-10s  %-12s  %s%s%s%s\n";
    char interface[CELL_BYTES], versions[CELL_BYTES];

    printf(row, "pin", "interface", "signal", "mode", "pull", "ROM versions", "", "", "");
    for (size_t i = 0; i < count; i++) {
        const struct pin_use *use = &uses[i];
        interface_text(use, interface);
        versions_text(device, use->versions, versions);
        printf(row, use->pin, interface, use->interface == NULL ? "-" : use->signal,
               words_pin_mode(use->mode), words_pin_pull(use->pull), versions,
               use->packages[0] == '\0' ? "" : "; ", use->packages,
               use->missing    ? "; not on this package"
               : use->doubtful ? "; not on some packages"
                               : "");
    }
    putchar('\n');
}

// One entry with the pins of the package that `is` holds for, each once. False if there is none.
static bool print_pins(const char *label, const struct pin_use *uses, size_t count,
                       bool (*is)(const struct pin_use *use))
{
    struct field field;
    const char *last = NULL;

    for (size_t i = 0; i < count; i++) {
        // The list is sorted by pin.
        if (uses[i].missing || !is(&uses[i]) || (last != NULL && strcmp(last, uses[i].pin) == 0)) {
            continue;
        }
        if (last == NULL) {
            field_begin(&field, label);
        }
        last = uses[i].pin;
        field_add(&field, "%s", last);
    }
    if (last != NULL) {
        field_end();
    }
    return last != NULL;
}

// What the package of this ordering code lacks; nothing if the name is none.
static void print_package(const char *name, const struct device_package *package)
{
    struct field field;

    if (!package->known) {
        return;
    }
    field_begin(&field, "package");
    if (package->lacks[0] != '\0') {
        field_add(&field, "%.40s does not have %s.", name, package->lacks);
    } else if (package->may_lack[0] == '\0') {
        field_add(&field, "%.40s has all pins of the ROM.", name);
    }
    if (package->may_lack[0] != '\0') {
        field_add(&field, "%.40s does not tell the package: some do not have %s.", name,
                  package->may_lack);
    }
    field_end();
}

static void print(const struct device *device, const char *name,
                  const struct device_package *package, const struct pin_use *uses, size_t count)
{
    field_line("device", "%s (%s)", device->name, device->slug);
    print_package(name, package);
    boot0_print(device, device_package_boot0(device, name));
    boot0_print_no_usb(device);
    putchar('\n');
    if (count == 0) {
        field_line("pins", "It is not known which pins this ROM uses: take each for driven.");
    } else {
        print_table(device, uses, count);
    }
    bool warn = count == 0;
    warn |= print_pins("driven", uses, count, is_driven);
    warn |= print_pins("driven later", uses, count, is_driven_later);
    warn |= print_pins("open drain", uses, count, is_open_drain);
    warn |= print_pins("pulled up", uses, count, is_pulled_up);
    warn |= print_pins("pulled down", uses, count, is_pulled_down);
    warn |= print_pins("partly unknown", uses, count, is_unknown);
    field_list("note", device->interface_notes);
    device_text_sources(device, "interfaces");
    device_text_sources(device, "boot0");
    if (warn) {
        field_line("WARNING", "%s", warning);
        field_line("", "(%s)", warning_source);
    }
}

static json_t *use_json(const struct device *device, bool package_known, const struct pin_use *use)
{
    const struct rom_interface *interface = use->interface;
    json_t *versions = json_array(), *name = json_null(), *kind = json_null(),
           *address = json_null();

    for (size_t i = 0; device->rom_ids[i] != 0; i++) {
        if (use->versions >> i & 1u) {
            json_array_append_new(versions, json_value_hex(device->rom_ids[i], 2));
        }
    }
    if (interface != NULL) {
        name = json_string(interface->name);
        kind = json_string(words_interface_kind(interface->kind));
        address = interface->address == 0 ? address : json_value_hex(interface->address, 2);
    }
    return json_pack("{s:s, s:o, s:o, s:o, s:s, s:s, s:s, s:o, s:o, s:o}", "pin", use->pin,
                     "interface", name, "kind", kind, "i2c_address", address, "signal", use->signal,
                     "mode", words_pin_mode(use->mode), "pull", words_pin_pull(use->pull),
                     "rom_ids", versions, "packages", json_value_text(use->packages), "on_package",
                     package_known && !use->doubtful ? json_boolean(!use->missing) : json_null());
}

static void add_json(json_t *report, const struct device *device, const char *name,
                     bool package_known, const struct pin_use *uses, size_t count)
{
    json_t *boot0 = boot0_json(device, device_package_boot0(device, name)), *pins = json_array();

    for (size_t i = 0; i < count; i++) {
        json_array_append_new(pins, use_json(device, package_known, &uses[i]));
    }
    json_value_add(report, json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}", "slug", device->slug, "name",
                                     device->name, "boot0", boot0, "pins", pins, "notes",
                                     json_value_texts(device->interface_notes), "sources",
                                     device_json_sources(device, "interfaces")));
}

static int run(const struct options *options, struct problem *problem)
{
    static const struct device_asked asked = {"bootleap pins", "bootleap devices"};
    const char *name = options->arguments[0];
    const struct device *device;
    struct device_package package;
    size_t count;

    int error = device_name_find(name, &asked, &device, problem);
    if (error) {
        return error;
    }
    struct pin_use *uses = pin_list(device, &count);
    if (uses == NULL) {
        return problem_set(problem, EXIT_FAILED, NULL, "%s: out of memory", device->slug);
    }
    device_package_find(device, name, &package);
    pin_list_mark(uses, count, &package);
    if (options->json) {
        add_json(options->report, device, name, package.known, uses, count);
    } else {
        print(device, name, &package, uses, count);
    }
    free(uses);
    return 0;
}

static const struct option_group groups[] = {{NULL, options_json}};

const struct verb cmd_pins = {
    .table =
        {.program = "bootleap",
         .verb = "pins",
         .summary = "show what a ROM listens on, drives and pulls",
         .operands = "NAME",
         .values = {OPTION_DEVICE},
         .description =
             "One line for each pin and interface, sorted by port and number. NAME is what "
             "`bootleap devices` takes. With an ordering code, pins that its package lacks are "
             "marked. The mode is what the ROM makes of the pin before it has seen a host:\n"
             "\n"
             "  input        it listens, and only the pull moves the pin\n"
             "  driven       it drives the pin high or low\n"
             "  open-drain   it can drive the pin low\n"
             "  when-found   it drives the pin once it has seen a host on this interface\n"
             "  usb          the pin belongs to the USB transceiver\n"
             "  untouched    it leaves the pin as it is\n"
             "  unknown      ST does not say\n"
             "\n"
             "Pins of the interface \"unused\" are changed by the ROM although it does not use "
             "them.\n",
         .end = "Example:\n"
                "  bootleap pins STM32H723ZGT6\n",
         .groups = groups,
         .group_count = sizeof groups / sizeof *groups},
    .least = 1,
    .most = 1,
    .run = run,
};
