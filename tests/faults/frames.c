// frames.c: makes the commands of AN3155 byte by byte.
// SPDX-License-Identifier: MIT
#include "frames.h"

#include <string.h>

enum {
    SHORT_WRITE = 16,
    LONG_WRITE = 256,
    PAGE = 5, // behind those of the image
};

static void add(struct frame *frame, unsigned byte)
{
    frame->bytes[frame->count++] = (uint8_t)byte;
}

static void add_checksum(struct frame *frame, size_t from)
{
    unsigned checksum = 0;

    for (size_t i = from; i < frame->count; i++) {
        checksum ^= frame->bytes[i];
    }
    add(frame, checksum);
}

static void begin(struct frame *frame, unsigned command)
{
    frame->count = 0;
    frame->names = (struct region){.size = 0};
    add(frame, command);
    add(frame, ~command & 0xFF);
}

static void add_address(struct frame *frame, uint32_t address)
{
    size_t from = frame->count;

    for (int shift = 24; shift >= 0; shift -= 8) {
        add(frame, address >> shift & 0xFF);
    }
    add_checksum(frame, from);
}

static uint32_t address_of(const struct device *device)
{
    return device->flash.start + PAGE * device->pages[0].size;
}

static void make_bare(struct frame *frame, const struct device *device, unsigned command)
{
    (void)device;
    begin(frame, command);
}

static void make_get(struct frame *frame, const struct device *device, unsigned variant)
{
    (void)variant;
    make_bare(frame, device, 0x00);
}

static void make_get_version(struct frame *frame, const struct device *device, unsigned variant)
{
    (void)variant;
    make_bare(frame, device, 0x01);
}

static void make_get_id(struct frame *frame, const struct device *device, unsigned variant)
{
    (void)variant;
    make_bare(frame, device, 0x02);
}

static void make_read(struct frame *frame, const struct device *device, unsigned variant)
{
    begin(frame, 0x11);
    add_address(frame, address_of(device) + variant);
    add(frame, variant);
    add(frame, ~variant & 0xFF);
}

static void make_go(struct frame *frame, const struct device *device, unsigned variant)
{
    begin(frame, 0x21);
    add_address(frame, address_of(device) + variant);
}

static void make_write_at(struct frame *frame, uint32_t address, unsigned count, unsigned variant)
{
    begin(frame, 0x31);
    add_address(frame, address);
    size_t from = frame->count;
    add(frame, count - 1);
    add(frame, variant);
    for (unsigned i = 1; i < count; i++) {
        add(frame, i * 7 & 0xFF);
    }
    add_checksum(frame, from);
}

static void make_write(struct frame *frame, const struct device *device, unsigned variant)
{
    make_write_at(frame, address_of(device), SHORT_WRITE, variant);
    frame->names = (struct region){.start = address_of(device), .size = SHORT_WRITE};
}

static void make_long_write(struct frame *frame, const struct device *device, unsigned variant)
{
    make_write_at(frame, address_of(device), LONG_WRITE, variant);
    frame->names = (struct region){.start = address_of(device), .size = LONG_WRITE};
}

static void make_option_write(struct frame *frame, const struct device *device, unsigned variant)
{
    const struct read_area *area = device->readable;

    while (area->size && area->size < SHORT_WRITE) { // the flash size register is no option byte
        area++;
    }
    make_write_at(frame, area->size ? area->start : address_of(device), SHORT_WRITE, variant);
}

static void name_page(struct frame *frame, const struct device *device, unsigned number)
{
    for (const struct page_run *run = device->pages; run->count; run++) {
        if (number >= run->first_number && number - run->first_number < run->count) {
            frame->names = (struct region){
                .start = run->start + (number - run->first_number) * run->size, .size = run->size};
        }
    }
}

static void make_erase(struct frame *frame, const struct device *device, unsigned variant)
{
    begin(frame, 0x43);
    add(frame, 0);
    add(frame, variant);
    add_checksum(frame, 2);
    name_page(frame, device, variant);
}

static void make_global_erase(struct frame *frame, const struct device *device, unsigned variant)
{
    (void)variant;
    begin(frame, 0x43);
    add(frame, 0xFF);
    add(frame, 0x00);
    frame->names = device->flash;
}

static void make_extended_erase(struct frame *frame, const struct device *device, unsigned variant)
{
    begin(frame, 0x44);
    add(frame, 0);
    add(frame, 0);
    add(frame, 0);
    add(frame, variant);
    add_checksum(frame, 2);
    name_page(frame, device, variant);
}

static void make_special_erase(struct frame *frame, const struct device *device, unsigned variant)
{
    begin(frame, 0x44);
    add(frame, 0xFF);
    add(frame, 0xF0 | (variant & 0x0F));
    add_checksum(frame, 2);
    frame->names = device->flash;
}

static void make_write_protect(struct frame *frame, const struct device *device, unsigned variant)
{
    (void)device;
    begin(frame, 0x63);
    add(frame, 0);
    add(frame, variant);
    add_checksum(frame, 2);
}

static void make_write_unprotect(struct frame *frame, const struct device *device, unsigned variant)
{
    (void)variant;
    make_bare(frame, device, 0x73);
}

static void make_readout_protect(struct frame *frame, const struct device *device, unsigned variant)
{
    (void)variant;
    make_bare(frame, device, 0x82);
}

static void make_readout_unprotect(struct frame *frame, const struct device *device,
                                   unsigned variant)
{
    (void)variant;
    make_bare(frame, device, 0x92);
}

const struct frame_kind *frame_kind_at(size_t index)
{
    static const struct frame_kind kinds[] = {
        {"Get", 0x00, false, make_get},
        {"Get Version", 0x01, false, make_get_version},
        {"Get ID", 0x02, false, make_get_id},
        {"Read Memory", 0x11, true, make_read},
        {"Go", 0x21, true, make_go},
        {"Write Memory, 16 bytes", 0x31, true, make_write},
        {"Write Memory, 256 bytes", 0x31, true, make_long_write},
        {"Write Memory, options", 0x31, true, make_option_write},
        {"Erase, a page", 0x43, true, make_erase},
        {"Erase, everything", 0x43, false, make_global_erase},
        {"Extended Erase, a page", 0x44, true, make_extended_erase},
        {"Extended Erase, banks", 0x44, true, make_special_erase},
        {"Write Protect", 0x63, true, make_write_protect},
        {"Write Unprotect", 0x73, false, make_write_unprotect},
        {"Readout Protect", 0x82, false, make_readout_protect},
        {"Readout Unprotect", 0x92, false, make_readout_unprotect},
    };

    return index < sizeof kinds / sizeof *kinds ? &kinds[index] : NULL;
}

bool frame_kind_served(const struct frame_kind *kind, const struct device *device)
{
    size_t count = 0;

    while (device->rom_commands[count] != 0xFF && device->rom_commands[count] != kind->command) {
        count++;
    }
    return device->rom_commands[count] == kind->command;
}
