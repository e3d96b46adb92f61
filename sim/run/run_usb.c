// run_usb.c: plugs the chip into a usbip server, as application and as ROM.
// SPDX-License-Identifier: MIT
#include "run_usb.h"

#include "crystal.h"
#include "dfu.h"
#include "dfu_strings.h"
#include "entry.h"
#include "journal.h"
#include "outcome.h"
#include "paragraph.h"
#include "report_layout.h"
#include "usbip_link.h"
#include "usbip_server.h"
#include "wires.h"

#include <string.h>

enum { REQUESTS = 64 }; // answered at a time, before the core runs on

static size_t polls(void *context, struct pollfd *list)
{
    return usbip_server_polls(context, list);
}

static void look(void *context)
{
    usbip_server_look(context);
}

int run_usb_open(struct run *run, struct problem *problem)
{
    const struct scenario *scenario = run->scenario;
    const char *address = scenario->usbip_address[0] ? scenario->usbip_address : NULL;
    struct run_usb *usb = &run->usb;

    if (!scenario->has_usbip) {
        return 0;
    }
    usb->server = usbip_server_open(address, scenario->usbip_port, problem);
    if (!usb->server) {
        return (int)problem->code;
    }
    usb->beside = (struct beside){usb->server, polls, look};
    for (size_t i = 0; i < run->terminal_count; i++) {
        run->terminals[i].beside = &usb->beside;
    }
    // As ST's USB library makes it (Get_SerialNum() of STM32CubeMX's usbd_desc.c).
    dfu_strings_unique_id(&run->chip, false, usb->serial, sizeof usb->serial);
    application_usb_open(&usb->application, scenario->usb_device,
                         scenario->usb_serial ? scenario->usb_serial : usb->serial);
    return 0;
}

void run_usb_close(struct run *run)
{
    usbip_server_close(run->usb.server);
    run->usb.server = NULL;
}

void run_usb_introduce(const struct run *run, FILE *file)
{
    const char *address = run->scenario->usbip_address;
    unsigned port;

    if (run->usb.server) {
        address = address[0] ? address : "127.0.0.1";
        port = usbip_server_port(run->usb.server);
        fprintf(file, "usbip    %s:%u\n", address, port);
        if (strcmp(address, "127.0.0.1") == 0) {
            fprintf(file, "         to one shell: script/virtual-usb %u\n", port);
        }
        fprintf(file,
                "         to this machine: sudo modprobe vhci-hcd\n"
                "                          sudo usbip --tcp-port %u attach -r %s -b 1-1\n",
                port, address);
    }
}

size_t run_usb_line(struct run *run, struct rom_line *line)
{
    const struct rom_interface *one = run->chip.device->interfaces;
    uint16_t version = run->scenario->rom_version;

    version = version ? version : device_newest_rom(run->chip.device);
    while (one->name &&
           !(one->kind == INTERFACE_USB && device_version_in(one->versions, version))) {
        one++;
    }
    if (!run->usb.server || !one->name) {
        return 0;
    }
    *line = (struct rom_line){one->name, &dfu_protocol, usbip_server_socket(run->usb.server)};
    return 1;
}

void run_usb_note_rom(struct run *run, bool serves, const char *why)
{
    struct run_usb *usb = &run->usb;
    const char *silent = serves ? "" : why;

    run->rom.usb_serves = serves;
    if (usb->server && *silent && strcmp(usb->silent, silent) != 0) {
        fprintf(stderr, "usbip    the ROM does not serve over USB: %s\n", silent);
    }
    usb->rom_started = true;
    snprintf(usb->silent, sizeof usb->silent, "%s", silent);
}

void run_usb_leave(struct run *run)
{
    struct run_usb *usb = &run->usb;

    if (usb->plugged) {
        const struct usb_socket *socket = usbip_server_socket(usb->server);
        socket->unplug(socket->context);
        usb->plugged = false;
    }
    if (run->asked_outside) {
        run->watcher.enter_after = UINT64_MAX;
        run->asked_outside = false;
    }
}

void run_usb_reset(struct run *run, bool starts_rom)
{
    struct surroundings found = {.crystal = true};

    run_usb_leave(run);
    if (run->usb.server && starts_rom) { // a draw is made where somebody asks only
        found.crystal = crystal_is_found(run);
        run_usb_note_rom(run, !outcome_lacks_crystal(run->chip.device, &found, WIRE_USB),
                         "it needs a crystal for USB and finds none (AN2606 Rev 70)");
    }
}

static bool is_due(struct run *run)
{
    uint64_t now = usbip_link_now();
    bool due = run->chip.idle || now != run->usb.looked_ms;

    run->usb.looked_ms = now;
    return due;
}

static void plug_application(struct run *run)
{
    struct run_usb *usb = &run->usb;
    const struct usb_socket *socket = usbip_server_socket(usb->server);

    if (usb->application.kind && !usb->plugged && run->watcher.running.is_so) {
        application_usb_start(&usb->application);
        socket->plug(socket->context, &usb->application.device);
        usb->plugged = true;
    }
}

void run_usb_look(struct run *run)
{
    struct run_usb *usb = &run->usb;
    const struct usb_socket *socket;
    unsigned left = REQUESTS;

    if (!usb->server || !is_due(run)) {
        return;
    }
    plug_application(run);
    socket = usbip_server_socket(usb->server);
    while (left && !usb->application.asks && socket->serve(socket->context)) {
        left--;
    }
    if (usb->application.asks) {
        usb->application.asks = false;
        entry_ask(run);
    }
}

json_t *run_usb_pack(const struct run *run)
{
    const struct run_usb *usb = &run->usb;
    const char *kind = application_usb_name(usb->application.kind);

    if (!usb->server) {
        return json_null();
    }
    return json_pack("{s:s?, s:s?, s:o, s:s}", "device", kind, "serial",
                     kind ? usb->application.strings[2] : NULL, "rom_serves",
                     usb->rom_started ? json_boolean(!usb->silent[0]) : json_null(), "why",
                     usb->silent);
}

void run_usb_print(const json_t *summary, FILE *file)
{
    const json_t *usb = json_object_get(summary, "usb");
    struct paragraph paragraph = {file, REPORT_COLUMN, REPORT_WIDTH, 0, false};

    if (!json_is_object(usb)) {
        return;
    }
    paragraph.used = (size_t)fprintf(file, "usb");
    paragraph_blanks(&paragraph, REPORT_COLUMN);
    paragraph_put(&paragraph, "the chip's peripheral is not modelled: what a host sees are "
                              "the answers of a stand-in.");
    if (*journal_text(usb, "why")) {
        paragraph_say(&paragraph, "The ROM did not serve over USB: %s", journal_text(usb, "why"));
    }
    fputc('\n', file);
}
