// session_start.c: leaves the ROM: for an application, or by a reset.
// SPDX-License-Identifier: MIT
#include "session.h"

#include "sure_read.h"
#include "target_quirks.h"

#include <stdio.h>
#include <string.h>

enum { STUB_BYTES = 32, STUB_ALIGNMENT = 256, WORD_BYTES = 4 };

// Go is to the start of flash, where a file that belongs elsewhere may have left nothing.
static int require_application(const struct libbootleap *chip, struct problem *problem)
{
    const struct device *device = chip->target.device;
    uint8_t table[8];
    bool blank = true;

    if (!chip->start_blank) {
        return 0;
    }
    int error =
        sure_read(chip->target.bootloader, device->flash.start, sizeof table, table, problem);
    for (size_t i = 0; i < sizeof table; i++) {
        blank &= table[i] == device->erased;
    }
    if (error || !blank) {
        return error;
    }
    return problem_set(problem, EXIT_FAILED,
                       "bootleap go PORT ADDRESS, with that of the file's vector table; or --no-go",
                       "start: the file is in flash and verified, but the start of flash, 0x%08X, "
                       "is erased",
                       device->flash.start);
}

// Where the flash starts, which is known even of some chips that the table does not have.
static int choose_table(struct libbootleap *chip, const struct libbootleap_start_settings *settings,
                        uint32_t *table, struct problem *problem)
{
    const struct target *target = &chip->target;

    if (settings->has_address) {
        *table = settings->address;
        return 0;
    }
    if (target->map.count > 0) {
        *table = target->map.runs[0].start;
        return 0;
    }
    int error = target_require_device(&chip->target, chip->wanted, problem);
    *table = error ? 0 : target->device->flash.start;
    return error;
}

static int start_at(struct libbootleap *chip, uint32_t table,
                    const struct libbootleap_start_settings *settings,
                    char line[LIBBOOTLEAP_LINE_BYTES], struct problem *problem)
{
    chip->connection.settings.wait_ms = settings->wait_ms;
    chip->connection.settings.expect = settings->expect;
    if (settings->expect && !chip->connection.has_application) {
        return problem_set(problem, EXIT_USAGE, "the same without --expect",
                           "--expect: nobody hears what the application prints over %s",
                           chip->connection.bootloader->port);
    }
    int error = connection_start(&chip->connection, table, line, problem);
    chip->started_at = error ? 0 : table;
    return error;
}

int session_start(struct libbootleap *chip, const struct libbootleap_start_settings *settings,
                  char line[LIBBOOTLEAP_LINE_BYTES], struct problem *problem)
{
    uint32_t table = 0;

    line[0] = '\0';
    int error = chip->identified ? choose_table(chip, settings, &table, problem)
                                 : problem_set(problem, EXIT_USAGE, "libbootleap_enter()",
                                               "the chip was neither found nor entered");
    if (error) {
        return error;
    }
    if (target_go_fails(&chip->target)) {
        return problem_set(problem, EXIT_REFUSED, "reset the chip with BOOT0 low",
                           "start at %s: Go does not work in this version of the ROM",
                           chip->target.bootloader->port);
    }
    error = require_application(chip, problem);
    return error ? error : start_at(chip, table, settings, line, problem);
}

static bool is_of_rom(const struct device *device, uint32_t address)
{
    for (const struct region *used = device->rom_ram; used->size; used++) {
        if (address + STUB_ALIGNMENT > used->start && address < used->start + used->size) {
            return true;
        }
    }
    return false;
}

static bool is_ram(const struct device *device, uint32_t address)
{
    for (const struct ram *ram = device->rams; ram->region.size; ram++) {
        if (address >= ram->region.start &&
            address - ram->region.start + STUB_ALIGNMENT <= ram->region.size) {
            return true;
        }
    }
    return false;
}

// Right behind what the ROM uses, in the same RAM: the host may write there (AN2606 Rev 70, Table
// 226). 0: nobody knows such a place.
static uint32_t free_ram(const struct device *device)
{
    for (const struct region *used = device->rom_ram; used->size; used++) {
        uint32_t end = used->start + used->size, address = end + -end % STUB_ALIGNMENT;
        if (is_ram(device, address) && !is_of_rom(device, address)) {
            return address;
        }
    }
    return 0;
}

static void put_word(uint8_t *bytes, uint32_t word)
{
    for (int i = 0; i < WORD_BYTES; i++) {
        bytes[i] = (uint8_t)(word >> 8 * i);
    }
}

// A vector table and code for any Cortex-M: SYSRESETREQ with its key into AIRCR (Armv6-M and later,
// "Application Interrupt and Reset Control Register").
static void make_stub(uint8_t stub[STUB_BYTES], uint32_t address)
{
    static const uint8_t code[] = {
        0x02, 0x48,             // ldr r0, [pc, #8]
        0x03, 0x49,             // ldr r1, [pc, #12]
        0xBF, 0xF3, 0x4F, 0x8F, // dsb
        0x01, 0x60,             // str r1, [r0]
        0xFE, 0xE7,             // b .
    };
    enum { CODE_AT = 8, AIRCR_AT = 20, KEY_AT = 24 };

    memset(stub, 0, STUB_BYTES);
    put_word(stub, address + STUB_ALIGNMENT); // the stack, which it does not use
    put_word(stub + WORD_BYTES, address + CODE_AT + 1);
    memcpy(stub + CODE_AT, code, sizeof code);
    put_word(stub + AIRCR_AT, 0xE000ED0C);
    put_word(stub + KEY_AT, 0x05FA0004);
}

static int require_reset(struct libbootleap *chip, uint32_t *address, struct problem *problem)
{
    const char *port = chip->target.bootloader->port;

    int error = target_require_device(&chip->target, chip->wanted, problem);
    if (error == 0) {
        error = target_require_operations(
            &chip->target, BOOTLOADER_READ | BOOTLOADER_WRITE | BOOTLOADER_GO, problem);
    }
    if (error) {
        return error;
    }
    if (chip->target.bootloader->is_dfu) {
        return problem_set(problem, EXIT_REFUSED, "bootleap go, or the reset pin",
                           "%s: over USB the ROM starts no code in RAM", port);
    }
    *address = free_ram(chip->target.device);
    return *address ? 0
                    : problem_set(problem, EXIT_REFUSED, "bootleap go, or the reset pin",
                                  "%s: nobody knows RAM of %s that its ROM leaves alone", port,
                                  chip->target.device->name);
}

int session_reset(struct libbootleap *chip, const struct libbootleap_start_settings *settings,
                  char line[LIBBOOTLEAP_LINE_BYTES], struct problem *problem)
{
    struct bootloader *bootloader = chip->target.bootloader;
    uint8_t stub[STUB_BYTES], is[STUB_BYTES];
    uint32_t address = 0;

    line[0] = '\0';
    int error = chip->identified ? require_reset(chip, &address, problem)
                                 : problem_set(problem, EXIT_USAGE, "libbootleap_enter()",
                                               "the chip was neither found nor entered");
    if (error) {
        return error;
    }
    make_stub(stub, address);
    error = bootloader->ops->write(bootloader, address, sizeof stub, stub, problem);
    if (error == 0) {
        error = sure_read(bootloader, address, sizeof is, is, problem);
    }
    if (error == 0 && memcmp(is, stub, sizeof stub) != 0) {
        error = problem_set(problem, EXIT_VERIFY, "bootleap go, or the reset pin",
                            "%s: the code in RAM at 0x%08X reads otherwise than it was "
                            "written",
                            bootloader->port, address);
    }
    return error ? error : start_at(chip, address, settings, line, problem);
}
