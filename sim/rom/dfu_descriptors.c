// dfu_descriptors.c: writes the descriptors and strings of a ROM's USB device.
// SPDX-License-Identifier: MIT
#include "dfu_descriptors.h"

#include <stdio.h>
#include <string.h>

enum {
    USB_DEVICE = 1,
    USB_CONFIGURATION = 2,
    USB_INTERFACE = 4,
    DFU_FUNCTIONAL = 0x21,
    DEVICE_RELEASE = 0x2200,
    TRANSFER_SIZE = 2048,
    DETACH_TIMEOUT = 255, // ms
    ATTRIBUTES = 0x0B,    // takes and gives data, and detaches by itself
    DFU_RELEASE = 0x011A, // DfuSe
    FIRST_MEMORY = 4,     // string
    KB = 1024,
};

unsigned dfu_transfer_size(const struct device *device)
{
    (void)device;
    return TRANSFER_SIZE;
}

static void fill_device(struct dfu_descriptors *descriptors)
{
    const uint8_t device[18] = {18,
                                USB_DEVICE,
                                0x00,
                                0x01,
                                0,
                                0,
                                0,
                                64,
                                0x83,
                                0x04,
                                0x11,
                                0xDF,
                                DEVICE_RELEASE & 0xFF,
                                DEVICE_RELEASE >> 8,
                                1,
                                2,
                                3,
                                1};

    memcpy(descriptors->device, device, sizeof device);
}

static void fill_configuration(struct dfu_descriptors *descriptors, const struct device *device)
{
    unsigned size = dfu_transfer_size(device), count = descriptors->alternates;
    unsigned total = 9 + 9 * count + 9;
    const uint8_t head[9] = {
        9, USB_CONFIGURATION, (uint8_t)total, (uint8_t)(total >> 8), 1, 1, 0, 0xC0, 50};
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
        const uint8_t one[9] = {
            9, USB_INTERFACE, 0, (uint8_t)i, 0, 0xFE, 1, 2, (uint8_t)(FIRST_MEMORY + i)};
        next += 9;
        memcpy(next, one, sizeof one);
    }
    memcpy(next + 9, functional, sizeof functional);
}

// "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg" (UM0424, Section 4.3.2): readable,
// erasable, writable sectors.
static void describe_flash(char *text, const struct device *device)
{
    size_t used =
        (size_t)snprintf(text, DFU_TEXT, "@Internal Flash  /0x%08X", (unsigned)device->flash.start);

    for (const struct page_run *run = device->pages; run->count && used < DFU_TEXT; run++) {
        bool kb = run->size % KB == 0;
        used += (size_t)snprintf(text + used, DFU_TEXT - used, "%c%02u*%03u%cg",
                                 run == device->pages ? '/' : ',', run->count,
                                 (unsigned)(kb ? run->size / KB : run->size), kb ? 'K' : ' ');
    }
}

static void fill_serial(struct dfu_descriptors *descriptors, const struct rom *rom)
{
    const struct device *device = rom->chip->device;
    uint32_t words[3] = {memory_word(&rom->chip->memory, device->uid),
                         memory_word(&rom->chip->memory, device->uid + 4),
                         memory_word(&rom->chip->memory, device->uid_last)};

    snprintf(descriptors->serial, sizeof descriptors->serial, "%08X%04X",
             (unsigned)(words[0] + words[2]), (unsigned)(words[1] >> 16));
}

void dfu_descriptors_fill(struct dfu_descriptors *descriptors, const struct rom *rom)
{
    const struct device *device = rom->chip->device;

    memset(descriptors, 0, sizeof *descriptors);
    describe_flash(descriptors->memories[0], device);
    descriptors->alternates = 1;
    fill_serial(descriptors, rom);
    fill_device(descriptors);
    fill_configuration(descriptors, device);
    descriptors->strings[0] = "STMicroelectronics";
    descriptors->strings[1] = "STM32  BOOTLOADER";
    descriptors->strings[2] = descriptors->serial;
    for (unsigned i = 0; i < descriptors->alternates; i++) {
        descriptors->strings[3 + i] = descriptors->memories[i];
    }
}
