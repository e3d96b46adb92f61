// dfuse_bootloader.c: fills the table of functions with ST's commands over DFU.
// SPDX-License-Identifier: MIT
#include "dfuse_bootloader.h"

#include "dfuse.h"
#include "dfuse_memory_text.h"
#include "usb_choice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { PORT_BYTES = USB_PATH_BYTES + 4, DETAIL_BYTES = 32, VERSION_1_1 = 0x11 };

struct dfuse_bootloader {
    struct bootloader base; // first: the two have the same address
    struct dfuse dfuse;
    struct usb_found found;
    struct dfu_functional functional;
    char port[PORT_BYTES];
    bool asked[USB_SETTINGS]; // for the strings of the settings
    char memories[USB_SETTINGS][USB_TEXT_BYTES];
};

static struct dfuse_bootloader *whole(struct bootloader *bootloader)
{
    return (struct dfuse_bootloader *)bootloader;
}

static int after(struct dfuse_bootloader *self, int error)
{
    const struct dfu_link *link = &self->dfuse.link;

    self->base.retries = link->retries;
    self->base.transfers = usb_transfers(link->usb);
    self->base.lost = link->lost;
    return error;
}

// The string of a setting, which is asked for once.
static const char *memory_text(struct dfuse_bootloader *self, unsigned number)
{
    uint8_t name = self->found.setting_names[number];
    int result = self->asked[number] || name == 0 ? 0 : USB_FAILED;

    for (unsigned tries = 0; result < 0 && result != USB_GONE && tries < DFU_TRIES; tries++) {
        result = usb_string(self->dfuse.link.usb, name, self->memories[number]);
        self->dfuse.link.retries += tries > 0;
    }
    self->dfuse.link.lost |= result == USB_GONE;
    self->asked[number] = true;
    after(self, 0);
    return self->memories[number];
}

static bool memory(struct bootloader *bootloader, unsigned number, struct memory_map *map)
{
    struct dfuse_bootloader *self = whole(bootloader);

    if (number >= self->found.setting_count) {
        return false;
    }
    dfuse_memory_text(memory_text(self, number), map);
    return true;
}

// The setting of the flash, which all ROMs of ST's have first. A claimed interface is in setting 0.
static int choose_flash(struct dfuse_bootloader *self, struct problem *problem)
{
    struct memory_map *flash = &self->dfuse.flash;
    unsigned number = 0;

    while (memory(&self->base, number, flash) && strcasecmp(flash->name, "Internal Flash") != 0) {
        number++;
    }
    if (self->dfuse.link.lost) {
        return dfu_link_lose(&self->dfuse.link, USB_GONE, "ask for its flash", problem);
    }
    if (number == self->found.setting_count) {
        flash->count = 0;
        return 0;
    }
    int result = number ? usb_choose_setting(self->dfuse.link.usb, (uint8_t)number) : 0;
    return result < 0 ? dfu_link_lose(&self->dfuse.link, result, "choose the flash", problem) : 0;
}

static void describe(struct dfuse_bootloader *self)
{
    static const struct bootloader_command commands[] = {
        {0x21, "Set Address Pointer"}, {0x41, "Erase"}, {0x92, "Read Unprotect"}};
    struct bootloader *base = &self->base;
    unsigned attributes = self->functional.attributes;

    base->protocol_version = VERSION_1_1;
    memcpy(base->commands, commands, sizeof commands);
    base->command_count = sizeof commands / sizeof *commands;
    base->operations =
        (attributes & DFU_CAN_UPLOAD ? (unsigned)BOOTLOADER_READ : 0u) |
        (attributes & DFU_CAN_DOWNLOAD ? (unsigned)(BOOTLOADER_WRITE | BOOTLOADER_ERASE |
                                                    BOOTLOADER_GO | BOOTLOADER_UNPROTECT_READOUT)
                                       : 0u);
}

static int identify(struct bootloader *bootloader, unsigned window_ms, unsigned recovery,
                    struct problem *problem)
{
    struct dfuse_bootloader *self = whole(bootloader);
    (void)window_ms; // it is there, or the port could not be opened
    (void)recovery;

    self->dfuse.link.wait = bootloader->wait;
    int error = dfu_link_settle(&self->dfuse.link, "ask for its state", problem);
    if (error == 0) {
        error = choose_flash(self, problem);
    }
    if (error == 0) {
        describe(self);
    }
    return after(self, error);
}

static int read_memory(struct bootloader *bootloader, uint32_t address, uint32_t size,
                       uint8_t *bytes, struct problem *problem)
{
    struct dfuse_bootloader *self = whole(bootloader);

    return after(self, dfuse_read(&self->dfuse, address, size, bytes, problem));
}

static int write_memory(struct bootloader *bootloader, uint32_t address, uint32_t size,
                        const uint8_t *bytes, struct problem *problem)
{
    struct dfuse_bootloader *self = whole(bootloader);

    return after(self, dfuse_write(&self->dfuse, address, size, bytes, problem));
}

static int erase_pages(struct bootloader *bootloader, const struct bootloader_page *pages,
                       unsigned count, unsigned most_ms, struct problem *problem)
{
    struct dfuse_bootloader *self = whole(bootloader);
    int error = 0;

    self->dfuse.link.wait = bootloader->wait;
    for (unsigned i = 0; error == 0 && i < count; i++) {
        error = dfuse_erase(&self->dfuse, pages[i].address, most_ms, problem);
    }
    return after(self, error);
}

static int start(struct bootloader *bootloader, uint32_t address, struct problem *problem)
{
    struct dfuse_bootloader *self = whole(bootloader);

    return after(self, dfuse_go(&self->dfuse, address, problem));
}

// The setting of the memory that this address is in, if the device tells of one. All ROMs of ST's
// take an address of any memory in any setting, as far as is known: it is what other hosts do.
static void choose_memory(struct dfuse_bootloader *self, uint32_t address)
{
    struct memory_map map;

    for (unsigned number = 0; memory(&self->base, number, &map); number++) {
        for (unsigned i = 0; i < map.count; i++) {
            const struct memory_run *run = &map.runs[i];
            if (address - run->start < run->count * run->size) {
                usb_choose_setting(self->dfuse.link.usb, (uint8_t)number);
                return;
            }
        }
    }
}

static int write_options(struct bootloader *bootloader, uint32_t address, uint32_t size,
                         const uint8_t *bytes, struct problem *problem)
{
    struct dfuse_bootloader *self = whole(bootloader);

    choose_memory(self, address);
    return after(self, dfuse_write_options(&self->dfuse, address, size, bytes, problem));
}

static int protect(struct bootloader *bootloader, enum bootloader_operation what, unsigned most_ms,
                   struct problem *problem)
{
    struct dfuse_bootloader *self = whole(bootloader);
    (void)what; // of the three operations it has one

    self->dfuse.link.wait = bootloader->wait;
    return after(self, dfuse_unprotect(&self->dfuse, most_ms, problem));
}

// Leaves it idle for the next program.
static void release(struct bootloader *bootloader)
{
    struct dfuse_bootloader *self = whole(bootloader);
    struct problem ignored;

    if (!self->dfuse.link.lost && !bootloader->was_reset) {
        dfu_link_prepare(&self->dfuse.link, DFU_IDLE, "leave it idle", &ignored);
    }
    usb_close(self->dfuse.link.usb);
    free(self);
}

static void tell(struct bootloader *bootloader,
                 void (*visit)(const struct bootloader_detail *detail, void *context),
                 void *context)
{
    struct dfuse_bootloader *self = whole(bootloader);
    char id[DETAIL_BYTES], transfer[DETAIL_BYTES];

    snprintf(id, sizeof id, "%04x:%04x", self->found.vendor, self->found.product);
    snprintf(transfer, sizeof transfer, "%u", (unsigned)self->dfuse.transfer_bytes);
    const struct bootloader_detail details[] = {
        {.label = "USB id", .key = "usb_id", .text = id},
        {.label = "serial", .key = "serial_number", .text = self->found.serial},
        {.label = "transfer", .key = "transfer_bytes", .text = transfer, .is_number = true}};
    for (size_t i = 0; i < sizeof details / sizeof *details; i++) {
        visit(&details[i], context);
    }
    for (unsigned i = 0; i < self->found.setting_count; i++) {
        const struct bootloader_detail one = {
            .label = "memory", .key = "memories", .text = memory_text(self, i), .is_list = true};
        visit(&one, context);
    }
}

static const struct bootloader_ops ops = {.identify = identify,
                                          .read = read_memory,
                                          .write = write_memory,
                                          .erase = erase_pages,
                                          .go = start,
                                          .write_options = write_options,
                                          .protect = protect,
                                          .close = release,
                                          .memory = memory,
                                          .tell = tell};

// The largest power of 2 that is not more than the device takes, and not more than Linux does.
static uint32_t block_of(uint32_t transfer_bytes)
{
    uint32_t block = USB_TRANSFER_MOST;

    while (block > transfer_bytes) {
        block /= 2;
    }
    return block;
}

static int fill(struct dfuse_bootloader *self, const struct bootloader_settings *settings,
                struct problem *problem)
{
    enum { LEAST_TRANSFER = 64 };
    const struct usb_found *found = &self->found;

    if (!dfu_functional_read(&self->functional, found->class_bytes, found->class_size) ||
        self->functional.transfer_bytes < LEAST_TRANSFER) {
        return problem_set(problem, EXIT_FAILED, "dfu-util -l shows what the device says of itself",
                           "open usb:%s: the device does not say how much it takes at once",
                           found->path);
    }
    snprintf(self->port, sizeof self->port, "usb:%s", found->path);
    self->dfuse.link.timeout_ms = settings->timeout_ms;
    self->dfuse.link.state = DFU_IDLE;
    self->dfuse.transfer_bytes = self->functional.transfer_bytes;
    self->dfuse.block_bytes = block_of(self->dfuse.transfer_bytes);
    self->base = (struct bootloader){.ops = &ops,
                                     .port = self->port,
                                     .block_bytes = self->dfuse.block_bytes,
                                     .erase_pages = 1,
                                     .memory_count = found->setting_count,
                                     .is_dfu = true,
                                     .reads_are_checked = true,
                                     .whole_blocks = true};
    return 0;
}

int dfuse_bootloader_open(struct bootloader **bootloader, const char *port,
                          const struct bootloader_settings *settings, struct serial **line,
                          struct problem *problem)
{
    struct dfuse_bootloader *self = calloc(1, sizeof *self);

    if (self == NULL) {
        return problem_no_memory(problem, "open %s", port);
    }
    int error = usb_choice_find(&self->found, port, USB_ROLE_DFU, problem);
    if (error == 0) {
        error = fill(self, settings, problem);
    }
    if (error == 0) {
        error = usb_open(&self->dfuse.link.usb, &self->found, problem);
    }
    if (error) {
        free(self);
        return error;
    }
    usb_monitor(self->dfuse.link.usb, settings->monitor, self->port);
    *line = NULL;
    *bootloader = &self->base;
    return 0;
}
