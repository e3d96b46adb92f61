// an3155_bootloader.c: fills the table of functions with the commands of AN3155.
// SPDX-License-Identifier: MIT
#include "an3155_bootloader.h"

#include "an3155.h"
#include "an3155_options.h"
#include "an3155_sync.h"

#include <stdlib.h>

struct an3155_bootloader {
    struct bootloader base; // first: the two have the same address
    struct an3155 rom;
    bool ready; // it waits for a command, as far as is known
};

static struct an3155_bootloader *whole(struct bootloader *bootloader)
{
    return (struct an3155_bootloader *)bootloader;
}

static struct an3155 *rom_of(struct bootloader *bootloader)
{
    return &whole(bootloader)->rom;
}

static const char *command_name(uint8_t code)
{
    static const struct {
        uint8_t code;
        const char *name;
    } names[] = {
        {0x00, "Get"},
        {0x01, "Get Version"},
        {0x02, "Get ID"},
        {0x11, "Read Memory"},
        {0x21, "Go"},
        {0x31, "Write Memory"},
        {0x43, "Erase"},
        {0x44, "Extended Erase"},
        {0x50, "Special"},
        {0x51, "Extended Special"},
        {0x63, "Write Protect"},
        {0x73, "Write Unprotect"},
        {0x82, "Readout Protect"},
        {0x92, "Readout Unprotect"},
        {0xA1, "Get Checksum"},
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].code == code) {
            return names[i].name;
        }
    }
    return "?";
}

static unsigned operation(uint8_t code)
{
    switch (code) {
    case AN3155_READ:
        return BOOTLOADER_READ;
    case AN3155_WRITE:
        return BOOTLOADER_WRITE;
    case AN3155_ERASE:
    case AN3155_EXTENDED_ERASE:
        return BOOTLOADER_ERASE;
    case AN3155_GO:
        return BOOTLOADER_GO;
    case AN3155_WRITE_UNPROTECT:
        return BOOTLOADER_UNPROTECT_WRITES;
    case AN3155_READOUT_PROTECT:
        return BOOTLOADER_PROTECT_READOUT;
    case AN3155_READOUT_UNPROTECT:
        return BOOTLOADER_UNPROTECT_READOUT;
    default:
        return 0;
    }
}

static void describe(struct bootloader *bootloader, const struct an3155 *rom)
{
    bootloader->protocol_version = rom->version;
    bootloader->command_count = rom->command_count;
    bootloader->operations = 0;
    for (unsigned i = 0; i < rom->command_count; i++) {
        uint8_t code = rom->commands[i];
        bootloader->commands[i] = (struct bootloader_command){code, command_name(code)};
        bootloader->operations |= operation(code);
    }
}

// What the caller has set since the last command, and what this one has come to.
static void before(struct an3155_bootloader *self)
{
    self->rom.link.wait = self->base.wait;
    self->rom.go_without_first_ack = self->base.quirks & BOOTLOADER_GO_WITHOUT_FIRST_ACK;
    self->rom.no_nack_for_address = self->base.quirks & BOOTLOADER_NO_NACK_FOR_ADDRESS;
}

static int after(struct an3155_bootloader *self, int error)
{
    self->base.retries = self->rom.retries;
    self->base.lost = self->rom.link.lost;
    self->ready = !self->rom.link.lost;
    return error;
}

static int identify(struct bootloader *bootloader, unsigned window_ms, unsigned recovery,
                    struct problem *problem)
{
    struct an3155_bootloader *self = whole(bootloader);
    struct an3155 *rom = &self->rom;

    before(self);
    int error = serial_configure(rom->link.line, rom->link.baud, PARITY_EVEN, problem);
    if (error == 0) {
        error = an3155_sync(&rom->link, window_ms, recovery, problem);
    }
    if (error == 0) {
        error = an3155_get(rom, problem);
    }
    // A frame that was finished can have been one behind which the ROM starts anew.
    if (error && rom->link.lost && recovery > RECOVERY_STARTS &&
        an3155_sync(&rom->link, window_ms, RECOVERY_STARTS, problem) == 0) {
        error = an3155_get(rom, problem);
    }
    if (error == 0) {
        error = an3155_get_id(rom, &bootloader->product, problem);
    }
    if (error == 0) {
        describe(bootloader, rom);
    }
    return after(self, error);
}

static int read_memory(struct bootloader *bootloader, uint32_t address, uint32_t size,
                       uint8_t *bytes, struct problem *problem)
{
    before(whole(bootloader));
    return after(whole(bootloader), an3155_read(rom_of(bootloader), address, size, bytes, problem));
}

static int write_memory(struct bootloader *bootloader, uint32_t address, uint32_t size,
                        const uint8_t *bytes, struct problem *problem)
{
    before(whole(bootloader));
    return after(whole(bootloader),
                 an3155_write(rom_of(bootloader), address, size, bytes, problem));
}

static int erase_pages(struct bootloader *bootloader, const struct bootloader_page *pages,
                       unsigned count, unsigned most_ms, struct problem *problem)
{
    uint16_t numbers[AN3155_ERASE_PAGES];

    for (unsigned i = 0; i < count; i++) {
        numbers[i] = pages[i].number;
    }
    before(whole(bootloader));
    return after(whole(bootloader),
                 an3155_erase(rom_of(bootloader), numbers, count, most_ms, problem));
}

static int start(struct bootloader *bootloader, uint32_t address, struct problem *problem)
{
    struct an3155_bootloader *self = whole(bootloader);

    before(self);
    int error = after(self, an3155_go(rom_of(bootloader), address, problem));
    self->ready = error && self->ready;
    return error;
}

static int write_options(struct bootloader *bootloader, uint32_t address, uint32_t size,
                         const uint8_t *bytes, struct problem *problem)
{
    struct an3155_bootloader *self = whole(bootloader);

    before(self);
    int error =
        after(self, an3155_write_options(rom_of(bootloader), address, size, bytes, problem));
    self->ready = error && self->ready; // what starts anew waits for a sync byte
    return error;
}

static int protect(struct bootloader *bootloader, enum bootloader_operation what, unsigned most_ms,
                   struct problem *problem)
{
    struct an3155_bootloader *self = whole(bootloader);
    enum an3155_code code = what == BOOTLOADER_UNPROTECT_WRITES  ? AN3155_WRITE_UNPROTECT
                            : what == BOOTLOADER_PROTECT_READOUT ? AN3155_READOUT_PROTECT
                                                                 : AN3155_READOUT_UNPROTECT;

    before(self);
    int error = after(self, an3155_protect(rom_of(bootloader), code, command_name((uint8_t)code),
                                           most_ms, problem));
    self->ready = error && self->ready;
    return error;
}

static void release(struct bootloader *bootloader)
{
    struct an3155_bootloader *self = whole(bootloader);

    if (self->ready && !bootloader->was_reset) {
        an3155_park(&self->rom.link);
    }
    serial_close(self->rom.link.line);
    free(self);
}

static const struct bootloader_ops ops = {.identify = identify,
                                          .read = read_memory,
                                          .write = write_memory,
                                          .erase = erase_pages,
                                          .go = start,
                                          .write_options = write_options,
                                          .protect = protect,
                                          .close = release};

int an3155_bootloader_open(struct bootloader **bootloader, const char *port,
                           const struct bootloader_settings *settings, struct serial **line,
                           struct problem *problem)
{
    struct an3155_bootloader *self = calloc(1, sizeof *self);

    if (self == NULL) {
        return problem_no_memory(problem, "open %s", port);
    }
    int error = serial_open(line, port, problem);
    if (error) {
        free(self);
        return error;
    }
    serial_monitor(*line, settings->monitor);
    *self = (struct an3155_bootloader){
        .base = {.ops = &ops,
                 .port = serial_port(*line),
                 .block_bytes = AN3155_BLOCK_BYTES,
                 .erase_pages = AN3155_ERASE_PAGES},
        .rom = {.link = {.line = *line,
                         .baud = settings->baud,
                         .timeout_ms = settings->timeout_ms}},
    };
    *bootloader = &self->base;
    return 0;
}
