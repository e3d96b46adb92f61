// usb_libusb_list.c: asks libusb and the system which USB devices there are.
// SPDX-License-Identifier: MIT
#include "usb_descriptors.h"
#include "usb_list.h"

#include <libusb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_BYTES = 96 };

// Linux has read the strings when the device came, and shows them to everybody.
static bool ask_system(const struct usb_found *found, const char *what, char text[USB_TEXT_BYTES])
{
    char path[PATH_BYTES];

    snprintf(path, sizeof path, "/sys/bus/usb/devices/%s/%s", found->path, what);
    FILE *file = fopen(path, "r");
    bool is_there = file && fgets(text, USB_TEXT_BYTES, file);
    if (file) {
        fclose(file);
    }
    text[is_there ? strcspn(text, "\n") : 0] = '\0';
    return is_there;
}

static void ask_device(libusb_device_handle *handle, uint8_t number, char text[USB_TEXT_BYTES])
{
    int length = number ? libusb_get_string_descriptor_ascii(handle, number, (unsigned char *)text,
                                                             USB_TEXT_BYTES - 1)
                        : 0;

    text[length > 0 ? length : 0] = '\0';
}

static void read_strings(struct usb_found *found, libusb_device *device)
{
    struct libusb_device_descriptor descriptor;
    libusb_device_handle *handle;

    bool known = ask_system(found, "serial", found->serial);
    known |= ask_system(found, "product", found->name);
    if (known || libusb_open(device, &handle) != 0) {
        return;
    }
    if (libusb_get_device_descriptor(device, &descriptor) == 0) {
        ask_device(handle, descriptor.iSerialNumber, found->serial);
        ask_device(handle, descriptor.iProduct, found->name);
    }
    libusb_close(handle);
}

static int by_path(const void *left, const void *right)
{
    return strcmp(((const struct usb_found *)left)->path, ((const struct usb_found *)right)->path);
}

// All devices that have a role, and how many they are.
static size_t collect(libusb_device **devices, size_t count, struct usb_found *found)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        if (usb_descriptors_read(&found[kept], devices[i]) && found[kept].roles) {
            read_strings(&found[kept], devices[i]);
            kept++;
        }
    }
    qsort(found, kept, sizeof *found, by_path);
    return kept;
}

int usb_list_each(void (*visit)(const struct usb_found *found, void *context), void *context,
                  struct problem *problem)
{
    libusb_context *usb;
    libusb_device **devices;

    if (libusb_init(&usb) != 0) {
        return problem_set(problem, EXIT_FAILED, NULL, "USB: this computer does not let us look");
    }
    ssize_t count = libusb_get_device_list(usb, &devices);
    struct usb_found *found = count >= 0 ? calloc((size_t)count + 1, sizeof *found) : NULL;
    size_t kept = found ? collect(devices, (size_t)count, found) : 0;
    if (count >= 0) {
        libusb_free_device_list(devices, 1);
    }
    libusb_exit(usb);
    for (size_t i = 0; i < kept; i++) {
        visit(&found[i], context);
    }
    free(found);
    return found ? 0 : problem_no_memory(problem, "USB");
}
