// cmd_info.c: `bootleap info`, what the ROM says about itself and its chip.
// SPDX-License-Identifier: MIT
#include "report.h"
#include "verb.h"

#include <stdio.h>

enum { FIND_MS = 1000 };

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

static void print(const struct rom *rom, const char *port)
{
    const struct region *flash = rom->device ? &rom->device->flash : NULL;
    char name[REPORT_NAME_BYTES], version[REPORT_VERSION_BYTES], protocol[REPORT_VERSION_BYTES];

    printf("port      %s\n", port);
    printf("device    %s\n", report_name(rom, name));
    printf("product   0x%03X\n", rom->product);
    printf("ROM       %s\n", report_version(rom->id, version));
    printf("protocol  %s\n", report_version(rom->protocol.version, protocol));
    printf("commands ");
    for (unsigned i = 0; i < rom->protocol.command_count; i++) {
        printf("%s %s (0x%02X)", i ? "," : "", command_name(rom->protocol.commands[i]),
               rom->protocol.commands[i]);
    }
    putchar('\n');
    if (flash) {
        printf("flash     0x%08X to 0x%08X, up to %u KB\n", flash->start,
               flash->start + flash->size - 1, flash->size / 1024);
    }
}

static void print_json(const struct rom *rom, const char *port)
{
    json_t *object = json_object(), *commands = json_array(), *flash = json_null();

    for (unsigned i = 0; i < rom->protocol.command_count; i++) {
        json_array_append_new(commands, report_hex(rom->protocol.commands[i], 2));
    }
    if (rom->device) {
        flash = json_object();
        json_object_set_new(flash, "start", report_hex(rom->device->flash.start, 8));
        json_object_set_new(flash, "size", json_integer(rom->device->flash.size));
    }
    json_object_set_new(object, "port", json_string(port));
    report_add_rom(object, rom);
    json_object_set_new(object, "commands", commands);
    json_object_set_new(object, "flash", flash);
    report_json(object);
}

static int run(const struct options *options, struct problem *problem)
{
    const char *port = options->arguments[0];
    struct link *link;
    struct rom rom;

    int error = link_open(&link, port, options->baud, PARITY_EVEN, problem);
    if (error) {
        return error;
    }
    error = rom_find(link, FIND_MS, problem);
    if (error == 0) {
        error = rom_identify(&rom, link, options->timeout_ms, problem);
    }
    if (error == 0 && options->json) {
        print_json(&rom, link_port(link));
    } else if (error == 0) {
        print(&rom, link_port(link));
    }
    link_close(link);
    return error;
}

const struct verb cmd_info = {
    .name = "info",
    .summary = "say which chip and which ROM answer on a port",
    .usage = "PORT [--baud N] [--timeout MS] [--json]",
    .help =
        "The ROM must run already: `bootleap enter PORT` gets a running application there.\n"
        "Changes nothing on the chip. The size of the flash is that of the largest chip with\n"
        "this product id.\n"
        "\n"
        "  --baud N       of the ROM, 115200 if not given; a ROM keeps the rate it first heard\n"
        "                 until the next reset\n"
        "  --timeout MS   wait no longer than this for any one answer of the ROM\n"
        "  --json         one JSON object\n"
        "\n"
        "Examples:\n"
        "  bootleap info /dev/ttyACM0\n"
        "  bootleap info /dev/ttyUSB0 --json | jq -r .device\n",
    .allowed = " baud timeout json ",
    .least = 1,
    .most = 1,
    .run = run,
};
