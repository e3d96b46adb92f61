// device_package.c: tells what a package makes of a device's pins, from its ordering code.
// SPDX-License-Identifier: MIT
#include "device_package.h"

#include "device_typed.h"

#include <stdio.h>
#include <string.h>

// How long a name is that ends with the flash size: STM32, the line, the pins and that. PIN_BYTES:
// "PB10" and its end.
enum { UP_TO_FLASH_SIZE = 11, PIN_BYTES = 8 };

// Empty for the name of a board: STM32F429I-DISCO has an I and no package with 176 pins.
static void part_of_code(const char *code, char typed[DEVICE_NAME_BYTES])
{
    device_typed_name(code, typed);
    typed[device_is_board(code) ? 0 : strcspn(typed, "-")] = '\0'; // STM32L151CB-A
}

// The pattern that spells out most of a code that it fits as a whole; NULL if none does.
static const struct package_pins *best_of(const struct package_pins *list, const char *typed)
{
    const struct package_pins *found = NULL;
    size_t best = 0;

    for (; list->code != NULL; list++) {
        size_t fit =
            strlen(typed) < strlen(list->code) ? 0 : device_pattern_fits(typed, list->code);
        if (fit > best) {
            best = fit;
            found = list;
        }
    }
    return found;
}

// Whether codes of this pattern begin with a name that has pins and flash size, but no package.
static bool begins_so(const struct package_pins *one, const char *typed)
{
    size_t length = strlen(typed);
    char begins[DEVICE_NAME_BYTES];

    snprintf(begins, sizeof begins, "%.*s", (int)length, one->code);
    return length >= UP_TO_FLASH_SIZE && device_pattern_fits(typed, begins) != 0;
}

// Takes the first pin off a list; false if there is none.
static bool next_pin(const char **pins, char pin[PIN_BYTES])
{
    size_t length = strcspn(*pins, " ");

    snprintf(pin, PIN_BYTES, "%.*s", (int)length, *pins);
    *pins += length;
    *pins += strspn(*pins, " ");
    return length != 0;
}

bool device_pins_have(const char *pins, const char *pin)
{
    char one[PIN_BYTES];

    while (next_pin(&pins, one)) {
        if (strcmp(one, pin) == 0) {
            return true;
        }
    }
    return false;
}

static void add(char pins[DEVICE_PINS_BYTES], const char *pin)
{
    size_t used = strlen(pins);

    if (!device_pins_have(pins, pin)) {
        snprintf(pins + used, DEVICE_PINS_BYTES - used, "%s%s", used ? " " : "", pin);
    }
}

// Whether all packages that a name can stand for lack this pin.
static bool all_lack(const struct device *device, const char *typed, const char *pin)
{
    for (const struct package_pins *one = device->packages; one->code != NULL; one++) {
        if (begins_so(one, typed) && !device_pins_have(one->pins, pin)) {
            return false;
        }
    }
    return true;
}

void device_package_find(const struct device *device, const char *code,
                         struct device_package *package)
{
    char typed[DEVICE_NAME_BYTES], pin[PIN_BYTES];

    *package = (struct device_package){0};
    part_of_code(code, typed);
    const struct package_pins *found = best_of(device->packages, typed);
    if (found != NULL) {
        package->known = true;
        snprintf(package->lacks, sizeof package->lacks, "%s", found->pins);
        return;
    }
    for (const struct package_pins *one = device->packages; one->code != NULL; one++) {
        if (!begins_so(one, typed)) {
            continue;
        }
        package->known = true;
        for (const char *pins = one->pins; next_pin(&pins, pin);) {
            add(all_lack(device, typed, pin) ? package->lacks : package->may_lack, pin);
        }
    }
}

const char *device_package_boot0(const struct device *device, const char *code)
{
    const struct package_pins *list = device->boot0.of_packages;
    char typed[DEVICE_NAME_BYTES];
    const char *pin = NULL;

    part_of_code(code, typed);
    const struct package_pins *found = best_of(list, typed);
    if (found != NULL) {
        return found->pins;
    }
    for (; list->code != NULL; list++) {
        if (!begins_so(list, typed)) {
            continue;
        }
        if (pin != NULL && strcmp(pin, list->pins) != 0) {
            return device->boot0.pin;
        }
        pin = list->pins;
    }
    return pin == NULL ? device->boot0.pin : pin;
}
