// look_at_usb.c: what is on USB, which of it a port means, and its state of DFU.
// SPDX-License-Identifier: MIT
#include "look.h"

#include "dfu.h"
#include "system_files.h"
#include "udev_rule.h"
#include "usb_choice.h"
#include "usb_ids.h"

#include <stdio.h>
#include <string.h>

enum { PORT_BYTES = USB_PATH_BYTES + 4, ST_VENDOR = 0x0483 };

// What goes through the list of devices.
struct walk {
    struct observations *seen;
    const char *root;
    const struct usb_choice *choice; // NULL: no device is meant
    struct usb_found found;          // the first that fits
    unsigned fitting;                // that are in DFU mode
    bool runtime;                    // one that fits runs its application
};

static bool is_tty(const char *name, void *context)
{
    char *port = context;

    if (strncmp(name, "tty", 3) != 0 || name[3] == '\0') {
        return false;
    }
    snprintf(port, SYSTEM_PATH_BYTES, "/dev/%s", name);
    return true;
}

// Its serial port, or its place.
static void note_serial(struct observations *seen, const char *root, const struct usb_found *found)
{
    char path[SYSTEM_PATH_BYTES], port[SYSTEM_PATH_BYTES];

    snprintf(path, sizeof path, "/sys/bus/usb/devices/%s:1.0/tty", found->path);
    if (!system_any(root, path, is_tty, port)) {
        snprintf(port, sizeof port, "usb:%s", found->path);
    }
    seen->signs[SIGN_SERIAL_ON_USB] = true;
    observations_note(seen, TEXT_SERIAL, port);
}

// What a device is, whatever port is meant.
static void note_kind(struct walk *walk, const struct usb_found *found)
{
    const struct usb_id *id = usb_id_find(found->vendor, found->product);
    char port[PORT_BYTES];

    snprintf(port, sizeof port, "usb:%s", found->path);
    if (id && id->kind == USB_ID_ROM && found->roles & USB_ROLE_DFU) {
        walk->seen->signs[SIGN_ROM_ON_USB] = true;
        observations_note(walk->seen, TEXT_ROM, port);
    } else if (id && id->kind == USB_ID_APPLICATION) {
        note_serial(walk->seen, walk->root, found);
    } else if (id && id->kind == USB_ID_ADAPTER && found->vendor == ST_VENDOR) {
        walk->seen->signs[SIGN_STLINK_ON_USB] = true;
        observations_note(walk->seen, TEXT_STLINK, port);
    }
}

static void visit(const struct usb_found *found, void *context)
{
    struct walk *walk = context;

    note_kind(walk, found);
    if (walk->choice == NULL || !usb_choice_fits(walk->choice, found)) {
        return;
    }
    if (found->roles & USB_ROLE_DFU) {
        walk->fitting++;
    } else if (found->roles & USB_ROLE_RUNTIME) {
        walk->runtime = true;
    } else {
        return;
    }
    if (walk->fitting + walk->runtime == 1) {
        walk->found = *found;
    }
}

static void note_device(struct observations *seen, const char *root, const struct usb_found *found)
{
    const struct usb_id *id = usb_id_find(found->vendor, found->product);
    char text[SEEN_TEXT_BYTES];

    snprintf(text, sizeof text, "%04x:%04x", found->vendor, found->product);
    observations_note(seen, TEXT_USB, text);
    observations_note(seen, TEXT_USB_PATH, found->path);
    snprintf(text, sizeof text, "/dev/bus/usb/%03u/%03u", found->bus, found->address);
    observations_note(seen, TEXT_NODE, text);
    snprintf(text, sizeof text, "usb:%s", found->path);
    observations_note(seen, TEXT_OTHER, text);
    if (found->roles & USB_ROLE_DFU) {
        seen->signs[SIGN_CLONE_DFU] = id && id->kind == USB_ID_CLONE;
        seen->signs[SIGN_OTHER_DFU] =
            id == NULL || (id->kind != USB_ID_CLONE && id->kind != USB_ID_ROM);
        observations_note(seen, TEXT_CLONE, id ? id->name : "");
    }
    seen->signs[SIGN_USB_NO_ACCESS] = !usb_may_open(found);
    seen->signs[SIGN_WINDOWS] = system_is_windows();
    seen->signs[SIGN_RULE_INSTALLED] =
        system_exists(root, UDEV_RULE_FILE) ||
        system_exists(root, "/usr/lib/udev/rules.d/70-bootleap.rules");
}

static void conclude(struct walk *walk, bool passive)
{
    struct observations *seen = walk->seen;

    if (walk->fitting > 1) {
        seen->signs[SIGN_SEVERAL_USB] = true;
    } else if (walk->fitting == 0 && walk->runtime) {
        seen->signs[SIGN_USB_RUNTIME] = !passive; // wrong only for who wants the ROM
    } else if (walk->fitting == 0) {
        seen->signs[SIGN_NO_USB_DEVICE] = true;
        return;
    }
    note_device(seen, walk->root, &walk->found);
}

int look_at_usb(struct observations *seen, const struct doctor_settings *settings,
                struct problem *problem)
{
    bool is_usb = strncmp(settings->port, "usb:", 4) == 0;
    struct usb_choice choice;
    struct walk walk = {.seen = seen, .root = settings->root, .choice = is_usb ? &choice : NULL};

    int error = is_usb ? usb_choice_parse(&choice, settings->port, problem) : 0;
    if (error == 0) {
        error = usb_list_each(visit, &walk, problem);
    }
    if (error == 0 && is_usb) {
        conclude(&walk, settings->passive);
    }
    return is_usb ? error : 0; // a serial port is looked at without USB, too
}

static void ask_state(struct observations *seen, struct usb *usb, unsigned timeout_ms)
{
    uint8_t bytes[DFU_STATUS_BYTES];
    struct dfu_status status;
    int result = usb_fetch(usb, DFU_GETSTATUS, 0, bytes, sizeof bytes, timeout_ms);

    if (result < 0 || !dfu_status_read(&status, bytes, (size_t)result)) {
        return; // who opens it next tries again, and says what is wrong
    }
    seen->signs[SIGN_DFU_WAS_ERROR] = status.state == DFU_ERROR;
    observations_note(seen, TEXT_STATUS, dfu_status_text(status.status));
}

void look_at_dfu(struct observations *seen, const struct doctor_settings *settings)
{
    enum { USUAL_MS = 5000 };
    struct usb_found found;
    struct problem problem;
    struct usb *usb;

    if (usb_choice_find(&found, settings->port, USB_ROLE_DFU, &problem) ||
        usb_open(&usb, &found, &problem)) {
        return;
    }
    ask_state(seen, usb, settings->timeout_ms ? settings->timeout_ms : (unsigned)USUAL_MS);
    usb_close(usb);
}
