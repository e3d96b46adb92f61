// usb_descriptors.c: from descriptors of libusb to path, roles and DFU interface.
// SPDX-License-Identifier: MIT
#include "usb_descriptors.h"

#include <stdio.h>
#include <string.h>

enum {
    APPLICATION_SPECIFIC = 0xFE, // class
    DFU = 1,                     // its subclass; the protocol tells the mode
    DFU_RUNTIME = 1,
    DFU_MODE = 2,
    COMMUNICATIONS = 2, // class
    ACM = 2,            // its subclass
    MOST_PORTS = 7,     // hubs behind each other, by USB
};

// False for what is plugged in nowhere: a root hub.
static bool read_path(struct usb_found *found, libusb_device *device)
{
    uint8_t ports[MOST_PORTS];
    int count = libusb_get_port_numbers(device, ports, MOST_PORTS);
    int used = snprintf(found->path, sizeof found->path, "%u", libusb_get_bus_number(device));

    for (int i = 0; i < count; i++) {
        used += snprintf(found->path + used, sizeof found->path - (size_t)used, "%c%u",
                         i ? '.' : '-', ports[i]);
    }
    return count > 0;
}

// Of all settings of an interface the last one carries the functional descriptor.
static void add_setting(struct usb_found *found, const struct libusb_interface_descriptor *setting)
{
    found->interface = setting->bInterfaceNumber;
    if (setting->bAlternateSetting < USB_SETTINGS) {
        found->setting_names[setting->bAlternateSetting] = setting->iInterface;
        if (found->setting_count <= setting->bAlternateSetting) {
            found->setting_count = (uint8_t)(setting->bAlternateSetting + 1);
        }
    }
    if (setting->extra_length > 0 && (size_t)setting->extra_length <= sizeof found->class_bytes) {
        found->class_size = (uint8_t)setting->extra_length;
        memcpy(found->class_bytes, setting->extra, found->class_size);
    }
}

static void read_setting(struct usb_found *found, const struct libusb_interface_descriptor *setting)
{
    bool is_dfu =
        setting->bInterfaceClass == APPLICATION_SPECIFIC && setting->bInterfaceSubClass == DFU;

    if (setting->bInterfaceClass == COMMUNICATIONS && setting->bInterfaceSubClass == ACM) {
        found->roles |= USB_ROLE_SERIAL;
    } else if (is_dfu && setting->bInterfaceProtocol == DFU_MODE) {
        found->roles |= USB_ROLE_DFU;
        add_setting(found, setting);
    } else if (is_dfu && setting->bInterfaceProtocol == DFU_RUNTIME) {
        found->roles |= USB_ROLE_RUNTIME;
        add_setting(found, setting);
    }
}

bool usb_descriptors_read(struct usb_found *found, libusb_device *device)
{
    struct libusb_device_descriptor descriptor;
    struct libusb_config_descriptor *configuration;

    *found = (struct usb_found){0};
    if (libusb_get_device_descriptor(device, &descriptor) != 0 || !read_path(found, device) ||
        libusb_get_active_config_descriptor(device, &configuration) != 0) {
        return false;
    }
    found->vendor = descriptor.idVendor;
    found->product = descriptor.idProduct;
    found->release = descriptor.bcdDevice;
    found->bus = libusb_get_bus_number(device);
    found->address = libusb_get_device_address(device);
    for (unsigned i = 0; i < configuration->bNumInterfaces; i++) {
        const struct libusb_interface *interface = &configuration->interface[i];
        for (int k = 0; k < interface->num_altsetting; k++) {
            read_setting(found, &interface->altsetting[k]);
        }
    }
    libusb_free_config_descriptor(configuration);
    return true;
}
