// example_board.c: chooses part, USART and pins of an example, or says why there are none.
// SPDX-License-Identifier: MIT
#include "example_board.h"

#include "device_name.h"
#include "device_package.h"
#include "device_typed.h"
#include "text_draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIST_BYTES = 200, PORT_NAME_BYTES = 8, PINS_OF_PORT = 16 };

static const struct peripheral *block_named(const struct device *device, const char *name)
{
    const struct peripheral *block = device->peripherals;

    while (block->name && !device_same_name(block->name, name)) {
        block++;
    }
    return block->name ? block : NULL;
}

// How many letters of the macro the name begins with.
static size_t begins_as(const char *name, const char *part)
{
    size_t same = 0;

    for (size_t i = 0; name[i] && part[i] && device_letter_fits(part[i], name[i]); i++) {
        same += part[i] != 'x';
    }
    return same;
}

// The macro that begins most as the name does: STM32F030x6 for an STM32F030F4, which has none.
static const char *nearest_part(const struct device *device, const char *typed)
{
    const char *best = device->largest_part;

    for (const char *const *part = device->parts; *part; part++) {
        if (begins_as(typed, *part) > begins_as(typed, best)) {
            best = *part;
        }
    }
    return best;
}

// The macro that spells out most of the name.
static const char *part_of(const struct device *device, const char *name)
{
    const char *best = NULL;
    char typed[DEVICE_NAME_BYTES];
    size_t most = 0;

    device_typed_name(name, typed);
    for (const char *const *part = device->parts; *part; part++) {
        size_t fits = device_pattern_fits(typed, *part);
        if (device_same_name(typed, *part) || device_same_name(name, *part)) {
            return *part;
        }
        if (fits > most) {
            most = fits;
            best = *part;
        }
    }
    return best ? best : nearest_part(device, typed);
}

static bool has_part(const char *const *parts, const char *part)
{
    const char *const *one = parts;

    while (*one && strcmp(*one, part) != 0) {
        one++;
    }
    return *one != NULL || *parts == NULL;
}

static const struct option_check *refusal_when_new(const struct device *device, const char *part)
{
    for (const struct option_check *one = device->options; one && one->name; one++) {
        bool holds = one->factory == one->value;
        if (holds != one->unless && has_part(one->parts, part)) {
            return one;
        }
    }
    return NULL;
}

static int require_way_in(const struct device *device, struct problem *problem)
{
    char try_this[80];

    snprintf(try_this, sizeof try_this, "bootleap devices %s", device->slug);
    if (device->entry == ENTRY_ERASE_FIRST) {
        return problem_set(problem, EXIT_USAGE, try_this,
                           "%s: its system bootloader serves only when the first page of flash is "
                           "erased, so the example would be lost each time",
                           device->slug);
    }
    if (device->entry != ENTRY_RESET || device->mark == 0 ||
        (device->mark_in_backup && device->backup_bytes != 4)) {
        return problem_set(problem, EXIT_USAGE, try_this,
                           "%s: bootleap knows no way from an application into its system "
                           "bootloader",
                           device->slug);
    }
    return 0;
}

// "USART1:PA9 (RX PA10), USART3:PB10 (RX PB11)"
static void list_usarts(const struct device *device, char text[LIST_BYTES])
{
    const struct text_draft draft = {text, LIST_BYTES};

    text[0] = '\0';
    for (const struct rom_usart *usart = device->rom_usarts; usart->name; usart++) {
        text_say(&draft, "%s%s:%s (RX %s)", text[0] ? ", " : "", usart->name, usart->tx, usart->rx);
    }
}

// Whether the text names this USART, and its TX pin if it names one.
static bool is_named(const struct rom_usart *usart, const char *text)
{
    char whole[LIST_BYTES];

    snprintf(whole, sizeof whole, "%s:%s", usart->name, usart->tx);
    return text == NULL || device_same_name(text, usart->name) || device_same_name(text, whole);
}

static bool package_has(const struct device_package *package, const struct rom_usart *usart)
{
    return !package->known || (!device_pins_have(package->lacks, usart->tx) &&
                               !device_pins_have(package->lacks, usart->rx));
}

static int choose_usart(struct example_board *board, const struct example_wish *wish,
                        struct problem *problem)
{
    const struct rom_usart *lacking = NULL;
    struct device_package package;
    char list[LIST_BYTES];

    device_package_find(board->device, wish->device, &package);
    for (const struct rom_usart *usart = board->device->rom_usarts; usart->name; usart++) {
        if (!usart->connected || !is_named(usart, wish->usart)) {
            continue;
        }
        if (package_has(&package, usart)) {
            board->pins = usart;
            board->usart = block_named(board->device, usart->name);
            return 0;
        }
        lacking = usart;
    }
    list_usarts(board->device, list);
    if (lacking) {
        return problem_set(problem, EXIT_USAGE, list, "%s: the package of %s lacks %s or %s",
                           lacking->name, wish->device, lacking->tx, lacking->rx);
    }
    return problem_set(problem, EXIT_USAGE, list,
                       "--usart \"%s\": the system bootloader of %s does not listen there",
                       wish->usart ? wish->usart : "", board->device->slug);
}

// PC13 is pin 13 of GPIOC. False where it is no pin, or the device has no such port.
static bool find_pin(const struct device *device, const char *name, struct example_pin *pin)
{
    char port[PORT_NAME_BYTES];
    char *end;

    if ((name[0] != 'P' && name[0] != 'p') || name[1] == '\0' || name[2] < '0' || name[2] > '9') {
        return false;
    }
    unsigned long number = strtoul(name + 2, &end, 10);
    snprintf(port, sizeof port, "GPIO%c", name[1]);
    pin->port = block_named(device, port);
    pin->number = (unsigned)number;
    return *end == '\0' && number < PINS_OF_PORT && pin->port != NULL;
}

// "A, B, C"
static void list_ports(const struct device *device, char text[LIST_BYTES])
{
    const struct text_draft draft = {text, LIST_BYTES};

    text[0] = '\0';
    text_say(&draft, "P, a port (");
    const char *between = "";
    for (const struct peripheral *block = device->peripherals; block->name; block++) {
        if (strncmp(block->name, "GPIO", 4) == 0) {
            text_say(&draft, "%s%s", between, block->name + 4);
            between = ", ";
        }
    }
    text_say(&draft, ") and a number from 0 to 15: PA5");
}

static int choose_led(struct example_board *board, const char *led, struct problem *problem)
{
    char list[LIST_BYTES];

    if (led == NULL) {
        return 0;
    }
    if (!find_pin(board->device, led, &board->led)) {
        list_ports(board->device, list);
        return problem_set(problem, EXIT_USAGE, list, "--led \"%s\": %s has no such pin", led,
                           board->device->slug);
    }
    const struct example_pin *const used[] = {&board->tx, &board->rx};
    for (int i = 0; i < 2; i++) {
        if (board->led.port == used[i]->port && board->led.number == used[i]->number) {
            return problem_set(problem, EXIT_USAGE, "another pin, or another --usart",
                               "--led %s: %s needs this pin", led, board->pins->name);
        }
    }
    return 0;
}

int example_board_choose(struct example_board *board, const struct example_wish *wish,
                         struct problem *problem)
{
    *board = (struct example_board){0};
    int error = device_name_find_option(wish->device, "bootleap devices", &board->device, problem);
    if (error == 0) {
        error = require_way_in(board->device, problem);
    }
    if (error == 0) {
        board->part = part_of(board->device, wish->device);
        board->refuses = refusal_when_new(board->device, board->part);
        error = choose_usart(board, wish, problem);
    }
    if (error) {
        return error;
    }
    if (board->usart == NULL || !find_pin(board->device, board->pins->ports[0], &board->tx) ||
        !find_pin(board->device, board->pins->ports[1], &board->rx)) {
        return problem_set(problem, EXIT_FAILED, NULL, "%s: the table lacks the block of %s",
                           board->device->slug, board->pins->name);
    }
    return choose_led(board, wish->led, problem);
}
