// dfu_descriptors.c: writes the descriptors and strings of a ROM's USB device.
// SPDX-License-Identifier: MIT
#include "dfu_descriptors.h"

#include "behaviour.h"
#include "dfu_strings.h"

#include <string.h>

enum {
    USB_DEVICE = 1,
    USB_CONFIGURATION = 2,
    USB_INTERFACE = 4,
    DFU_FUNCTIONAL = 0x21,
    DETACH_TIMEOUT = 255, // ms
    ATTRIBUTES = 0x0B,    // takes and gives data, and detaches by itself
    DFU_RELEASE = 0x011A, // DfuSe
};

static void fill_device(struct dfu_descriptors *descriptors, const struct rom *rom)
{
    const struct rom_quirk *old = behaviour_quirk(rom, QUIRK_DFU_OLD_RELEASE);
    unsigned release = old ? old->number : rom->chip->device->dfu.release;
    unsigned usb = rom->chip->device->dfu.usb;
    const uint8_t device[18] = {
        18,   USB_DEVICE, (uint8_t)usb,     (uint8_t)(usb >> 8),     0, 0, 0, 64, 0x83, 0x04,
        0x11, 0xDF,       (uint8_t)release, (uint8_t)(release >> 8), 1, 2, 3, 1};

    memcpy(descriptors->device, device, sizeof device);
}

static void fill_configuration(struct dfu_descriptors *descriptors, const struct device *device)
{
    unsigned size = device->dfu.transfer_size, count = descriptors->alternates;
    unsigned total = 9 + 9 * count + 9;
    const uint8_t head[9] = {9,
                             USB_CONFIGURATION,
                             (uint8_t)total,
                             (uint8_t)(total >> 8),
                             1,
                             1,
                             device->dfu.configuration,
                             0xC0,
                             50};
    const uint8_t functional[9] = {9,
                                   DFU_FUNCTIONAL,
                                   ATTRIBUTES,
                                   DETACH_TIMEOUT & 0xFF,
                                   DETACH_TIMEOUT >> 8,
                                   (uint8_t)size,
                                   (uint8_t)(size >> 8),
                                   DFU_RELEASE & 0xFF,
                                   DFU_RELEASE >> 8};
    uint8_t *next = descriptors->configuration;

    memcpy(next, head, sizeof head);
    for (unsigned i = 0; i < count; i++) {
        const uint8_t one[9] = {9,
                                USB_INTERFACE,
                                0,
                                (uint8_t)i,
                                0,
                                0xFE,
                                1,
                                2,
                                (uint8_t)(device->dfu.first_string + i)};
        next += 9;
        memcpy(next, one, sizeof one);
    }
    memcpy(next + 9, functional, sizeof functional);
}

// Of each memory its string: first that of the flash.
static void fill_memories(struct dfu_descriptors *descriptors, const struct rom *rom)
{
    char *flash = descriptors->memories[0];
    unsigned count = 1;

    dfu_strings_flash(rom, flash, DFU_TEXT);
    for (const char *const *row = rom->chip->device->dfu.memories; *row && count < DFU_ALTERNATES;
         row++) {
        dfu_strings_memory(rom, **row ? *row : flash, descriptors->memories[count++], DFU_TEXT);
    }
    descriptors->alternates = count;
}

// Between the serial number and the first memory there may be strings that nobody has published.
static void fill_strings(struct dfu_descriptors *descriptors, const struct device *device)
{
    const char **next = descriptors->strings;

    *next++ = "STMicroelectronics";
    *next++ = device->dfu.product;
    *next++ = descriptors->serial;
    while (next < descriptors->strings + device->dfu.first_string - 1) {
        *next++ = "";
    }
    for (unsigned i = 0; i < descriptors->alternates; i++) {
        *next++ = descriptors->memories[i];
    }
}

void dfu_descriptors_fill(struct dfu_descriptors *descriptors, const struct rom *rom)
{
    const struct device *device = rom->chip->device;

    memset(descriptors, 0, sizeof *descriptors);
    fill_memories(descriptors, rom);
    dfu_strings_serial(rom, descriptors->serial, sizeof descriptors->serial);
    fill_device(descriptors, rom);
    fill_configuration(descriptors, device);
    fill_strings(descriptors, device);
}
