// look_at_adapters.c: finds serial adapters of which the kernel makes no port.
// SPDX-License-Identifier: MIT
#include "look.h"

#include "system_files.h"
#include "usb_ids.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INTERFACES = 4 }; // that are looked at: no adapter has its port behind them

static const char usb_devices[] = "/sys/bus/usb/devices";

struct adapters {
    struct observations *seen;
    const char *root;
};

static unsigned read_number(const char *root, const char *device, const char *what, int base)
{
    char path[SYSTEM_PATH_BYTES], line[SYSTEM_LINE_BYTES];

    snprintf(path, sizeof path, "%s/%s/%s", usb_devices, device, what);
    return system_line(root, path, "", line) ? (unsigned)strtoul(line, NULL, base) : 0;
}

static bool is_tty(const char *name, void *context)
{
    (void)context;
    return strncmp(name, "tty", 3) == 0;
}

// What has the interfaces of a device: the kernel a port; or a program; or nobody.
struct owners {
    bool port, program, driver;
};

static void find_owners(struct owners *owners, const char *root, const char *device)
{
    char path[SYSTEM_PATH_BYTES], link[SYSTEM_PATH_BYTES];

    for (int i = 0; i < INTERFACES; i++) {
        snprintf(path, sizeof path, "%s/%s:1.%d", usb_devices, device, i);
        if (!system_exists(root, path)) {
            continue;
        }
        owners->port |= system_any(root, path, is_tty, NULL);
        snprintf(path, sizeof path, "%s/%s:1.%d/driver", usb_devices, device, i);
        const char *driver = system_link(root, path, link) ? strrchr(link, '/') : NULL;
        owners->program |= driver && strcmp(driver, "/usbfs") == 0;
        owners->driver |= driver && strcmp(driver, "/usbfs") != 0;
    }
}

static void note_adapter(struct observations *seen, const char *root, const char *device)
{
    char text[SEEN_TEXT_BYTES];
    unsigned vendor = read_number(root, device, "idVendor", 16);
    unsigned product = read_number(root, device, "idProduct", 16);

    snprintf(text, sizeof text, "%04x:%04x", vendor, product);
    observations_note(seen, TEXT_USB, text);
    observations_note(seen, TEXT_USB_PATH, device);
    snprintf(text, sizeof text, "/dev/bus/usb/%03u/%03u", read_number(root, device, "busnum", 10),
             read_number(root, device, "devnum", 10));
    observations_note(seen, TEXT_NODE, text);
}

// Whether this device is an adapter without a port. Then it is noted.
static bool look_at_device(const char *device, void *context)
{
    struct adapters *adapters = context;
    const char *root = adapters->root;
    struct owners owners = {.port = false};

    if (strchr(device, ':')) { // an interface
        return false;
    }
    const struct usb_id *id = usb_id_find((uint16_t)read_number(root, device, "idVendor", 16),
                                          (uint16_t)read_number(root, device, "idProduct", 16));
    if (id == NULL || id->driver == NULL) {
        return false;
    }
    find_owners(&owners, root, device);
    if (owners.port || (owners.driver && !owners.program)) {
        return false;
    }
    adapters->seen->signs[owners.program ? SIGN_ADAPTER_TAKEN : SIGN_ADAPTER_NO_DRIVER] = true;
    observations_note(adapters->seen, TEXT_DRIVER, id->driver);
    note_adapter(adapters->seen, root, device);
    return true;
}

void look_at_adapters(struct observations *seen, const char *root)
{
    struct adapters adapters = {seen, root};

    system_any(root, usb_devices, look_at_device, &adapters);
}
