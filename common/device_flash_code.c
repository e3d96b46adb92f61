// device_flash_code.c: reads the letter of an ordering code that stands for the size of the flash.
// SPDX-License-Identifier: MIT
#include "device_flash_code.h"

#include "device_typed.h"

#include <ctype.h>
#include <string.h>

// As in the section "Ordering information" of ST's datasheets. A row names those that mean
// something else on its parts.
static const struct size_letter letters[] = {
    {'3', 8},    {'4', 16},   {'6', 32},   {'8', 64},  {'B', 128}, {'Z', 192},
    {'C', 256},  {'D', 384},  {'E', 512},  {'Y', 640}, {'F', 768}, {'G', 1024},
    {'H', 1536}, {'I', 2048}, {'J', 4096}, {'\0', 0},
};

static unsigned kb_of(const struct size_letter *list, char letter)
{
    while (list->letter != '\0' && list->letter != letter) {
        list++;
    }
    return list->kb;
}

// Where the letter stands: behind the line and the letter of the pins. The macro of the first part
// tells how long its line is: the pins are its first x, but STM32F410Cx has them spelt out.
static size_t place_of_letter(const struct device *device)
{
    const char *macro = device->parts[0];
    size_t open = strcspn(macro, "x");

    return macro[open] != '\0' && macro[open + 1] == '\0' ? open : open + 1;
}

// STM32F103xB is the macro of two sizes. The X of STM32H745XG is a number of pins.
static bool is_macro(const struct device *device, const char *typed, size_t place)
{
    if (typed[place - 1] == 'X') {
        return false;
    }
    for (const char *const *macro = device->parts; *macro != NULL; macro++) {
        if (device_same_name(typed, *macro)) {
            return true;
        }
    }
    return false;
}

unsigned device_flash_kb(const struct device *device, const char *name)
{
    char typed[DEVICE_NAME_BYTES];
    size_t place = place_of_letter(device);

    device_typed_name(name, typed);
    if (strlen(typed) <= place || is_macro(device, typed, place)) {
        return 0;
    }
    char letter = (char)toupper((unsigned char)typed[place]);
    unsigned kb = kb_of(device->size_letters, letter);
    return kb ? kb : kb_of(letters, letter);
}
