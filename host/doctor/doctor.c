// doctor.c: goes along the way to the chip, and stops at the first obstacle.
// SPDX-License-Identifier: MIT
#include "doctor.h"

#include "bootloader_open.h"
#include "look.h"
#include "system_files.h"

#include <string.h>

static const char usb_scheme[] = "usb:", serial_scheme[] = "serial:";

static bool is_usb(const char *port)
{
    return strncmp(port, usb_scheme, sizeof usb_scheme - 1) == 0;
}

static bool is_clear(const struct observations *seen)
{
    struct finding findings[FINDINGS];

    // A ROM that was left in an error may say more, as some versions start so.
    return diagnose(seen, findings) == 0 || seen->signs[SIGN_DFU_WAS_ERROR];
}

// Why a port was not opened that seemed to be free.
static void explain_opening(struct observations *seen, const struct doctor_settings *settings,
                            const struct problem *problem)
{
    struct port_holder holder;
    const char *file = is_usb(settings->port) ? seen->texts[TEXT_NODE] : settings->port;

    if (problem->code == EXIT_USAGE || problem->code == EXIT_NO_DEVICE) {
        seen->signs[problem->code == EXIT_USAGE ? SIGN_NOT_TTY : SIGN_NO_FILE] = true;
        return;
    }
    seen->signs[SIGN_OPEN_FAILED] = true;
    observations_note(seen, TEXT_ERROR, problem->what);
    if (system_lock_holder(&holder, settings->root, file)) {
        seen->signs[SIGN_HELD] = true;
        observations_note(seen, TEXT_HOLDER, holder.name);
        observations_note_number(seen, TEXT_PID, holder.pid);
    }
    seen->signs[SIGN_HOLDERS_HIDDEN] = holder.hidden;
}

// The way over a line, or over USB, to the chip.
static void open_and_look(struct observations *seen, const struct doctor_settings *settings)
{
    const struct bootloader_settings of_line = {.baud = settings->baud,
                                                .timeout_ms = settings->timeout_ms};
    struct bootloader *bootloader;
    struct serial *line = NULL;
    struct problem problem;

    if (bootloader_open(&bootloader, settings->port, &of_line, &line, &problem)) {
        explain_opening(seen, settings, &problem);
        return;
    }
    if (line) {
        look_at_line(seen, line, settings->baud);
    }
    if (is_clear(seen)) {
        look_at_chip(seen, bootloader, settings->device);
    }
    bootloader->ops->close(bootloader);
}

static int look_at_serial_port(struct observations *seen, const struct doctor_settings *settings,
                               struct problem *problem)
{
    look_at_port(seen, settings);
    look_at_programs(seen, settings->root);
    if (seen->signs[SIGN_NO_FILE]) {
        look_at_adapters(seen, settings->root);
    }
    int error = look_at_usb(seen, settings, problem);
    if (error == 0 && is_clear(seen) && !settings->passive) {
        open_and_look(seen, settings);
    }
    return error;
}

static int look_at_usb_port(struct observations *seen, const struct doctor_settings *settings,
                            struct problem *problem)
{
    int error = look_at_usb(seen, settings, problem);

    if (error == 0 && is_clear(seen) && !settings->passive) {
        look_at_dfu(seen, settings);
    }
    if (error == 0 && is_clear(seen) && !settings->passive) {
        open_and_look(seen, settings);
    }
    return error;
}

int doctor_look(struct observations *seen, const struct doctor_settings *settings,
                struct problem *problem)
{
    const char *port = settings->port;

    *seen = (struct observations){.signs = {false}};
    if (strncmp(port, serial_scheme, sizeof serial_scheme - 1) == 0) {
        port += sizeof serial_scheme - 1;
    }
    observations_note(seen, TEXT_PORT, port);
    if (settings->device) {
        look_at_row(seen, settings->device);
    }
    return is_usb(port) ? look_at_usb_port(seen, settings, problem)
                        : look_at_serial_port(seen, settings, problem);
}

bool doctor_look_for_adapter(struct observations *seen, const char *root)
{
    *seen = (struct observations){.signs = {[SIGN_NO_FILE] = true}};
    look_at_programs(seen, root);
    look_at_adapters(seen, root);
    observations_note(seen, TEXT_PORT, seen->texts[TEXT_USB]);
    return seen->signs[SIGN_ADAPTER_TAKEN] || seen->signs[SIGN_ADAPTER_NO_DRIVER];
}
