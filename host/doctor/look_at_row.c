// look_at_row.c: what the row of a device says about the way to its ROM.
// SPDX-License-Identifier: MIT
#include "look.h"

#include <stdio.h>
#include <string.h>

static bool has_usb(const struct device *device)
{
    const struct rom_interface *interface = device->interfaces;

    while (interface->name && interface->kind != INTERFACE_USB) {
        interface++;
    }
    return interface->name != NULL;
}

static bool has_supply_note(const struct device *device)
{
    const char *const *note = device->interface_notes;

    while (*note && !(strstr(*note, "USB needs") && strstr(*note, "VDD"))) {
        note++;
    }
    return *note != NULL;
}

static void note_usb(struct observations *seen, const struct device *device)
{
    bool crystal = strstr(device->crystal_for, "usb") != NULL;
    const char *frequencies = device->crystal_frequencies;

    seen->signs[SIGN_NO_USB_ROM] = !has_usb(device) && !device->unlisted;
    seen->signs[SIGN_USB_CRYSTAL] = has_usb(device) && crystal;
    seen->signs[SIGN_USB_SUPPLY] = has_usb(device) && has_supply_note(device);
    observations_note(seen, TEXT_CRYSTAL, frequencies[0] ? frequencies : "no list of frequencies");
}

static void note_boot0(struct observations *seen, const struct device *device)
{
    seen->signs[SIGN_BOOT0_IGNORED] = device->boot0.factory == BOOT0_FACTORY_IGNORED;
    observations_note(seen, TEXT_BOOT0, device->boot0.counts_with);
}

static void note_pins(struct observations *seen, const struct device *device)
{
    const struct deaf_pin *deaf = device->deaf_pins;

    seen->signs[SIGN_DEAF_PIN] = deaf->pin != NULL;
    observations_note(seen, TEXT_PINS, deaf->pin);
}

// Each name once: rows have the same bits for several parts.
static void add_option(char text[SEEN_TEXT_BYTES], const char *name)
{
    size_t used = strlen(text);

    if (strstr(text, name) == NULL) {
        snprintf(text + used, SEEN_TEXT_BYTES - used, "%s%s", used ? ", " : "", name);
    }
}

static void note_options(struct observations *seen, const struct device *device)
{
    char text[SEEN_TEXT_BYTES] = "";
    const struct option_condition *condition = device->option_entry.conditions;

    for (const struct option_check *check = device->options; check->name; check++) {
        bool closes = check->refusal == OPTION_BOOT_LOCK || check->refusal == OPTION_TRUSTZONE ||
                      check->refusal == OPTION_PRODUCT_STATE || check->refusal == OPTION_DUAL_BANK;
        if (closes) {
            add_option(text, check->name);
        }
    }
    for (; condition && condition->name; condition++) {
        add_option(text, condition->name);
    }
    seen->signs[SIGN_CLOSING_OPTIONS] = text[0] != '\0';
    observations_note(seen, TEXT_OPTIONS, text);
}

void look_at_row(struct observations *seen, const struct device *device)
{
    seen->signs[SIGN_NAMED] = true;
    seen->signs[SIGN_LOOKS_AT_FLASH] = device->empty_check == EMPTY_CHECK_FIRST_WORD;
    observations_note(seen, TEXT_CHIP, device->name);
    observations_note(seen, TEXT_DEVICE, device->slug);
    note_usb(seen, device);
    note_boot0(seen, device);
    note_pins(seen, device);
    note_options(seen, device);
}
