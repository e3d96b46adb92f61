// usb_choice.c: finds the device that a port of the scheme "usb:" means.
// SPDX-License-Identifier: MIT
#include "usb_choice.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char scheme[] = "usb:", serial[] = "serial=";

// What was seen of the devices of this computer.
struct search {
    const struct usb_choice *choice;
    unsigned roles;
    struct usb_found *found; // the first that fits
    unsigned count;
    char names[160];        // of those that fit
    struct usb_found other; // one that fits but for its roles
    bool has_other;
};

// "1-2.3": numbers, a "-" behind the first and a "." behind the others.
static bool is_path(const char *text)
{
    bool digit = false, dash = false;

    for (; *text; text++) {
        if (isdigit((unsigned char)*text)) {
            digit = true;
            continue;
        }
        if (!digit || *text != (dash ? '.' : '-')) {
            return false;
        }
        dash = true;
        digit = false;
    }
    return digit && dash;
}

// "0483:df11"
static bool is_id(const char *text, struct usb_choice *choice)
{
    enum { DIGITS = 4, LENGTH = 9 };

    for (int i = 0; i < LENGTH; i++) {
        if (i == DIGITS ? text[i] != ':' : !isxdigit((unsigned char)text[i])) {
            return false;
        }
    }
    choice->vendor = (uint16_t)strtoul(text, NULL, 16);
    choice->product = (uint16_t)strtoul(text + DIGITS + 1, NULL, 16);
    return text[LENGTH] == '\0';
}

int usb_choice_parse(struct usb_choice *choice, const char *port, struct problem *problem)
{
    const char *text =
        strncmp(port, scheme, sizeof scheme - 1) == 0 ? port + sizeof scheme - 1 : port;

    *choice = (struct usb_choice){.text = text};
    if (*text == '\0') {
        choice->kind = USB_CHOICE_ANY;
    } else if (strncmp(text, serial, sizeof serial - 1) == 0 && text[sizeof serial - 1]) {
        choice->kind = USB_CHOICE_SERIAL;
        choice->text = text + sizeof serial - 1;
    } else if (is_path(text)) {
        choice->kind = USB_CHOICE_PATH;
    } else if (is_id(text, choice)) {
        choice->kind = USB_CHOICE_ID;
    } else {
        return problem_set(problem, EXIT_USAGE,
                           "usb:1-2.3 (bus and ports), usb:serial=NUMBER, usb:0483:df11, or usb: "
                           "for the only one",
                           "port %s: no such way to name a USB device", port);
    }
    return 0;
}

bool usb_choice_fits(const struct usb_choice *choice, const struct usb_found *found)
{
    switch (choice->kind) {
    case USB_CHOICE_PATH:
        return strcmp(choice->text, found->path) == 0;
    case USB_CHOICE_SERIAL:
        return strcasecmp(choice->text, found->serial) == 0;
    case USB_CHOICE_ID:
        return choice->vendor == found->vendor && choice->product == found->product;
    default:
        return true;
    }
}

static void look(const struct usb_found *found, void *context)
{
    struct search *search = context;
    size_t used = strlen(search->names);

    if (!usb_choice_fits(search->choice, found)) {
        return;
    }
    if ((found->roles & search->roles) == 0) {
        search->other = *found;
        search->has_other = true;
        return;
    }
    if (search->count++ == 0) {
        *search->found = *found;
    }
    snprintf(search->names + used, sizeof search->names - used, "%susb:%s", used ? ", " : "",
             found->path);
}

static int none(const struct search *search, const char *port, struct problem *problem)
{
    if (search->has_other && search->choice->kind != USB_CHOICE_ANY) {
        return problem_set(problem, EXIT_NO_DEVICE, "bootleap list; bootleap enter, if it can",
                           "open %s: %04x:%04x at usb:%s is there, but not in DFU mode", port,
                           search->other.vendor, search->other.product, search->other.path);
    }
    return problem_set(problem, EXIT_NO_DEVICE,
                       "bootleap list; start the ROM by BOOT0 and a reset, with USB plugged in",
                       search->choice->kind == USB_CHOICE_ANY
                           ? "open %s no device is in DFU mode"
                           : "open %s: no such device is in DFU mode",
                       port);
}

int usb_choice_find(struct usb_found *found, const char *port, unsigned roles,
                    struct problem *problem)
{
    struct usb_choice choice;
    struct search search = {.choice = &choice, .roles = roles, .found = found};

    int error = usb_choice_parse(&choice, port, problem);
    if (error == 0) {
        error = usb_list_each(look, &search, problem);
    }
    if (error) {
        return error;
    }
    if (search.count > 1) {
        return problem_set(problem, EXIT_SEVERAL_DEVICES, "one of them by its path",
                           "open %s%s %u devices are meant: %s", port,
                           choice.kind == USB_CHOICE_ANY ? "" : ":", search.count, search.names);
    }
    return search.count ? 0 : none(&search, port, problem);
}
