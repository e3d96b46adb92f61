// usb_descriptor.c: finds descriptors in a USB device's configuration.
// SPDX-License-Identifier: MIT
#include "usb_descriptor.h"

enum { LENGTH = 0, TYPE = 1, SHORTEST = 2, INTERFACE_LENGTH = 9 };

unsigned usb_total_length(const struct usb_device *device)
{
    const uint8_t *total = device->configuration + USB_CONFIGURATION_TOTAL;

    return total[0] | (unsigned)total[1] << 8;
}

// The next descriptor of an interface behind `offset`, which is moved there. NULL: none. One that
// does not fit into the configuration ends it.
static const uint8_t *next_interface(const struct usb_device *device, size_t *offset)
{
    const uint8_t *all = device->configuration;
    size_t total = usb_total_length(device), length = all[*offset + LENGTH];

    while (length >= SHORTEST && *offset + length + SHORTEST <= total) {
        *offset += length;
        length = all[*offset + LENGTH];
        if (all[*offset + TYPE] == USB_DESCRIPTOR_INTERFACE && length >= INTERFACE_LENGTH &&
            *offset + length <= total) {
            return all + *offset;
        }
    }
    return NULL;
}

size_t usb_interfaces(const struct usb_device *device,
                      const uint8_t *interfaces[USB_INTERFACES_MOST])
{
    const uint8_t *interface;
    size_t offset = 0, count = 0;

    while (count < USB_INTERFACES_MOST && (interface = next_interface(device, &offset))) {
        if (interface[USB_INTERFACE_ALTERNATE] == 0) {
            interfaces[count++] = interface;
        }
    }
    return count;
}

bool usb_has_alternate(const struct usb_device *device, unsigned interface, unsigned alternate)
{
    const uint8_t *found;
    size_t offset = 0;

    while ((found = next_interface(device, &offset))) {
        if (found[USB_INTERFACE_NUMBER] == interface &&
            found[USB_INTERFACE_ALTERNATE] == alternate) {
            return true;
        }
    }
    return false;
}
