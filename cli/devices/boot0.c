// boot0.c: says which pin starts a ROM, with which option bits it counts, and on a new chip.
// SPDX-License-Identifier: MIT
#include "boot0.h"
#include "field.h"
#include "json_value.h"
#include "words.h"

#include <stddef.h>

static const char *on_a_new_chip(enum boot0_factory factory)
{
    static const char *const texts[] = {
        [BOOT0_FACTORY_UNKNOWN] = "; what a new chip has is not known",
        [BOOT0_FACTORY_COUNTS] = ", as a new chip has it",
        [BOOT0_FACTORY_IGNORED] = ": a new chip ignores the pin",
    };
    return texts[factory];
}

void boot0_print(const struct device *device, const char *pin)
{
    const struct boot0 *boot0 = &device->boot0;
    struct field field;

    if (pin[0] == '\0') {
        return;
    }
    field_begin(&field, "BOOT0");
    field_add(&field, "%s, high when a reset ends.", pin);
    if (boot0->counts_with[0] != '\0') {
        field_add(&field, "It counts only with %s%s.", boot0->counts_with,
                  on_a_new_chip(boot0->factory));
    } else {
        field_add(&field, "No option bit switches it off.");
    }
    for (const char *const *one = boot0->also; *one != NULL; one++) {
        field_add(&field, "%s%s%s", one == boot0->also ? "Needed besides: " : "", *one,
                  one[1] == NULL ? "." : ";");
    }
    field_end();
}

json_t *boot0_json(const struct device *device, const char *pin)
{
    const struct boot0 *boot0 = &device->boot0;

    if (pin[0] == '\0') {
        return json_null();
    }
    return json_pack("{s:s, s:s, s:o, s:o, s:s}", "pin", pin, "level", "high", "counts_with",
                     json_value_text(boot0->counts_with), "also", json_value_texts(boot0->also),
                     "factory", words_boot0_factory(boot0->factory));
}

void boot0_print_no_usb(const struct device *device)
{
    const struct rom_interface *usart = NULL;

    for (const struct rom_interface *one = device->interfaces; one->name != NULL; one++) {
        if (one->kind == INTERFACE_USB) {
            return;
        }
        if (usart == NULL && one->kind == INTERFACE_USART) {
            usart = one;
        }
    }
    if (usart != NULL) {
        field_line("USB", "This ROM has no USB: wire %s (%s) and %s (%s) of %s.",
                   usart->pins[0].pin, usart->pins[0].signal, usart->pins[1].pin,
                   usart->pins[1].signal, usart->name);
    }
}
