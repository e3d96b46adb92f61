// usb_libusb.c: one USB device through libusb-1.0.
// SPDX-License-Identifier: MIT
#include "usb.h"

#include "usb_descriptors.h"
#include "usb_text.h"

#include <libusb.h>
#include <stdlib.h>
#include <string.h>

enum {
    CLASS_TO_INTERFACE = 0x21,
    CLASS_FROM_INTERFACE = 0xA1,
    ENGLISH = 0x0409,
    STRING_BYTES = 255,
    STRING_MS = 1000,
};

struct usb {
    libusb_context *context;
    libusb_device_handle *handle;
    uint8_t interface;
    bool claimed;
    uint16_t language; // of strings
    size_t transfers;
    struct monitor_line heard;
};

static int no_device(const struct usb_found *found, struct problem *problem)
{
    return problem_set(problem, EXIT_NO_DEVICE, "bootleap list", "open usb:%s: it is gone",
                       found->path);
}

static int open_problem(const struct usb_found *found, int error, struct problem *problem)
{
    switch (error) {
    case LIBUSB_ERROR_NO_DEVICE:
    case LIBUSB_ERROR_NOT_FOUND:
        return no_device(found, problem);
    case LIBUSB_ERROR_ACCESS:
        problem_set(problem, EXIT_FAILED,
                    "bootleap doctor --udev, which prints the rule that lets you; then plug the "
                    "device in again",
                    "open usb:%s: you may not use this device (%04x:%04x)", found->path,
                    found->vendor, found->product);
        break;
    case LIBUSB_ERROR_BUSY:
        problem_set(problem, EXIT_FAILED, "close the other program",
                    "open usb:%s: another program uses this device", found->path);
        break;
    case LIBUSB_ERROR_NOT_SUPPORTED:
        problem_set(problem, EXIT_FAILED,
                    "give the device the driver WinUSB, with the program Zadig",
                    "open usb:%s: its driver does not let other programs use it", found->path);
        break;
    default:
        return problem_set(problem, EXIT_FAILED, "plug the device in again", "open usb:%s: %s",
                           found->path, libusb_strerror(error));
    }
    return problem_blame(problem, FAULT_COMPUTER);
}

// At the same path there may be another device by now.
static int open_at_path(struct usb *usb, const struct usb_found *found, struct problem *problem)
{
    libusb_device **devices;
    struct usb_found is;
    int error = LIBUSB_ERROR_NO_DEVICE;

    ssize_t count = libusb_get_device_list(usb->context, &devices);
    for (ssize_t i = 0; i < count; i++) {
        if (usb_descriptors_read(&is, devices[i]) && strcmp(is.path, found->path) == 0 &&
            is.vendor == found->vendor && is.product == found->product) {
            error = libusb_open(devices[i], &usb->handle);
            break;
        }
    }
    if (count >= 0) {
        libusb_free_device_list(devices, 1);
    }
    return error ? open_problem(found, error, problem) : 0;
}

bool usb_may_open(const struct usb_found *found)
{
    struct usb *opened = calloc(1, sizeof *opened);
    struct problem ignored;

    if (opened == NULL || libusb_init(&opened->context) != 0) {
        free(opened);
        return false;
    }
    bool may = open_at_path(opened, found, &ignored) == 0;
    usb_close(opened);
    return may;
}

int usb_open(struct usb **usb, const struct usb_found *found, struct problem *problem)
{
    struct usb *opened = calloc(1, sizeof *opened);

    if (opened == NULL || libusb_init(&opened->context) != 0) {
        free(opened);
        return problem_no_memory(problem, "open usb:%s", found->path);
    }
    opened->interface = found->interface;
    opened->language = ENGLISH;
    int error = open_at_path(opened, found, problem);
    if (error == 0) {
        int result = libusb_claim_interface(opened->handle, opened->interface);
        opened->claimed = result == 0;
        error = result ? open_problem(found, result, problem) : 0;
    }
    if (error) {
        usb_close(opened);
        return error;
    }
    *usb = opened;
    return 0;
}

void usb_close(struct usb *usb)
{
    if (usb == NULL) {
        return;
    }
    if (usb->claimed) {
        libusb_release_interface(usb->handle, usb->interface);
    }
    if (usb->handle) {
        libusb_close(usb->handle);
    }
    libusb_exit(usb->context);
    free(usb);
}

// What libusb says, in our words. An answer is the number of bytes.
static int result_of(int result)
{
    if (result >= 0) {
        return result;
    }
    switch (result) {
    case LIBUSB_ERROR_NO_DEVICE:
    case LIBUSB_ERROR_NOT_FOUND:
        return USB_GONE;
    case LIBUSB_ERROR_PIPE:
        return USB_STALLED;
    case LIBUSB_ERROR_TIMEOUT:
        return USB_TIMEOUT;
    default:
        return USB_FAILED;
    }
}

static int transfer(struct usb *usb, uint8_t type, uint8_t request, uint16_t value, uint16_t index,
                    uint8_t *bytes, unsigned size, unsigned timeout_ms)
{
    usb->transfers++;
    int result = result_of(libusb_control_transfer(usb->handle, type, request, value, index, bytes,
                                                   (uint16_t)size, timeout_ms));
    if (usb->heard.monitor) {
        monitor_control(&usb->heard,
                        &(struct monitor_control){type, request, value, size, result, bytes});
    }
    return result;
}

int usb_send(struct usb *usb, uint8_t request, uint16_t value, const uint8_t *bytes, unsigned size,
             unsigned timeout_ms)
{
    uint8_t copy[USB_TRANSFER_MOST]; // libusb takes no constant bytes

    if (size > sizeof copy) {
        return USB_FAILED;
    }
    if (size) {
        memcpy(copy, bytes, size);
    }
    return transfer(usb, CLASS_TO_INTERFACE, request, value, usb->interface, copy, size,
                    timeout_ms);
}

int usb_fetch(struct usb *usb, uint8_t request, uint16_t value, uint8_t *bytes, unsigned size,
              unsigned timeout_ms)
{
    if (size > USB_TRANSFER_MOST) {
        return USB_FAILED;
    }
    return transfer(usb, CLASS_FROM_INTERFACE, request, value, usb->interface, bytes, size,
                    timeout_ms);
}

int usb_choose_setting(struct usb *usb, uint8_t setting)
{
    usb->transfers++;
    int result = result_of(libusb_set_interface_alt_setting(usb->handle, usb->interface, setting));
    monitor_note(&usb->heard, "alternate setting %u, result %d", setting, result);
    return result;
}

static int fetch_string(struct usb *usb, uint8_t number, uint16_t language, uint8_t *bytes)
{
    return transfer(usb, LIBUSB_ENDPOINT_IN, LIBUSB_REQUEST_GET_DESCRIPTOR,
                    (uint16_t)(LIBUSB_DT_STRING << 8 | number), language, bytes, STRING_BYTES,
                    STRING_MS);
}

// String 0 lists the languages that the others are in; all ROMs speak English.
int usb_string(struct usb *usb, uint8_t number, char text[USB_TEXT_BYTES])
{
    uint8_t bytes[STRING_BYTES];

    text[0] = '\0';
    int size = fetch_string(usb, number, usb->language, bytes);
    if (size == USB_STALLED && fetch_string(usb, 0, 0, bytes) >= 4) {
        usb->language = (uint16_t)(bytes[2] | bytes[3] << 8);
        size = fetch_string(usb, number, usb->language, bytes);
    }
    if (size > 0 && size < bytes[0]) { // less than announced: once more, in case it got lost
        size = fetch_string(usb, number, usb->language, bytes);
    }
    return size < 0 ? size : (int)usb_text(bytes, (unsigned)size, text);
}

void usb_monitor(struct usb *usb, const struct monitor *monitor, const char *port)
{
    monitor_begin(&usb->heard, monitor, port);
}

void usb_reset(struct usb *usb)
{
    monitor_note(&usb->heard, "reset of the device");
    libusb_reset_device(usb->handle);
}

size_t usb_transfers(const struct usb *usb)
{
    return usb->transfers;
}
