// cmd_unprotect.c: `bootleap unprotect`, takes protection of flash off.
// SPDX-License-Identifier: MIT
#include "option_loss.h"
#include "option_protect.h"
#include "option_report.h"
#include "option_session.h"
#include "sure_read.h"
#include "verb.h"

#include <stdio.h>

enum { LOOK_BYTES = 16 };

// Whether the first bytes of flash are erased; false where they cannot be read, too.
static bool is_erased(const struct target *target)
{
    uint8_t bytes[LOOK_BYTES];
    struct problem ignored;

    if (sure_read(target->bootloader, target->layout.flash.start, sizeof bytes, bytes, &ignored)) {
        return false;
    }
    for (unsigned i = 0; i < sizeof bytes; i++) {
        if (bytes[i] != target->device->erased) {
            return false;
        }
    }
    return true;
}

static int require_level_0(const struct target *target, struct problem *problem)
{
    if (target->readout == READOUT_LEVEL_0 ||
        (target->readout == READOUT_UNKNOWN && target_shows_something(target))) {
        return 0;
    }
    return problem_set(problem, EXIT_VERIFY, "switch the chip off and on, then bootleap info",
                       "chip at %s: it was told to take readout protection off, and its ROM still "
                       "lets nothing be read",
                       target->bootloader->port);
}

static int unprotect_readout(struct option_session *session, struct problem *problem)
{
    struct bootloader *bootloader = session->connection->bootloader;
    unsigned erase_ms = option_protect_erase_ms(session->target);
    int error = target_require_operations(session->target, BOOTLOADER_UNPROTECT_READOUT, problem);

    if (error == 0) {
        error =
            bootloader->ops->protect(bootloader, BOOTLOADER_UNPROTECT_READOUT, erase_ms, problem);
    }
    if (error == 0) {
        error = option_return(&session->after, erase_ms, problem);
    }
    return error ? error : require_level_0(session->target, problem);
}

// Over USB there is no command for it.
static int unprotect_pages(struct option_session *session, struct problem *problem)
{
    struct bootloader *bootloader = session->connection->bootloader;
    struct option_plan plan;

    if (bootloader->operations & BOOTLOADER_UNPROTECT_WRITES) {
        int failed = bootloader->ops->protect(bootloader, BOOTLOADER_UNPROTECT_WRITES, 0, problem);
        return failed ? failed : option_return(&session->after, 0, problem);
    }
    int error = option_bytes_require_layout(session->target, problem);
    option_plan_begin(&plan, session->target, &session->before);
    if (error == 0) {
        error = option_protect_none(&plan, problem);
    }
    if (error == 0) {
        error = option_loss_require(&plan, session->options->losses, problem);
    }
    return error ? error : option_write(&session->after, &plan, problem);
}

static int require_unprotected(const struct target *target, struct problem *problem)
{
    if (target->protected_count == 0) {
        return 0;
    }
    return problem_set(problem, EXIT_VERIFY, "switch the chip off and on, then bootleap info",
                       "chip at %s: it was told to take write protection off, and 0x%08X is still "
                       "protected (%s)",
                       target->bootloader->port, (unsigned)target->protected[0].start,
                       target->protected[0].name);
}

// A ROM that lets nothing be read is under readout protection, as far as anybody can tell.
static bool is_closed(const struct target *target)
{
    return target->readout == READOUT_LEVEL_1 ||
           (target->readout == READOUT_UNKNOWN && !target_shows_something(target));
}

static int refuse_level_2(const struct target *target, struct problem *problem)
{
    return problem_set(problem, EXIT_REFUSED, "another chip",
                       "chip at %s: readout protection level 2 is on, which nothing takes back",
                       target->bootloader->port);
}

static int refuse_erase(const struct target *target, struct problem *problem)
{
    return problem_set(problem, EXIT_REFUSED, "--erase-all-flash, if that is what you want",
                       "chip at %s: its readout protection is on, and taking it off erases all "
                       "flash: nothing was changed",
                       target->bootloader->port);
}

static int unprotect(struct option_session *session, struct problem *problem)
{
    struct target *target = session->target;
    json_t *report = session->options->report;
    bool closed = is_closed(target), erased = false;
    int error = 0;

    if (target->readout == READOUT_LEVEL_2) {
        return refuse_level_2(target, problem);
    }
    if (closed && !(session->options->losses & OPTION_LOSS_ALL_FLASH)) {
        return refuse_erase(target, problem);
    }
    if (closed) {
        error = unprotect_readout(session, problem);
        erased = error == 0 && is_erased(target);
    }
    if (error == 0 && target->protected_count) {
        error = session->target->device->option_layout
                    ? option_bytes_read(&session->before, target, problem)
                    : 0;
        error = error ? error : unprotect_pages(session, problem);
        error = error ? error : require_unprotected(target, problem);
    }
    if (error) {
        return error;
    }
    option_report_protection(target, report);
    if (report) {
        json_object_set_new(report, "flash_erased", json_boolean(erased));
    } else if (closed) {
        printf(erased ? "all flash was erased\n" : "flash is not erased\n");
    }
    return 0;
}

static int run(const struct options *options, struct problem *problem)
{
    struct option_session session;

    int error = option_session_open(&session, "unprotect", options, 0, problem);
    if (error == 0) {
        error = unprotect(&session, problem);
    }
    option_session_close(&session);
    return error;
}

static const struct option_row rows[] = {
    {.name = "erase-all-flash",
     .parse = option_set_loss,
     .help = "take readout protection level 1 off, which erases all flash"},
    {.name = "inferred-layout",
     .parse = option_set_loss,
     .help = "also where nobody has published how this ROM takes option bytes"},
    {.name = NULL},
};

static const struct option_group groups[] = {{NULL, rows},
                                             {NULL, option_session_device},
                                             {NULL, options_line},
                                             {NULL, options_recover},
                                             {NULL, options_json}};

const struct verb cmd_unprotect = {
    .table = {.program = "bootleap",
              .verb = "unprotect",
              .summary = "take protection of the flash off",
              .operands = "[PORT]",
              .values = {OPTION_PORT},
              .description =
                  "Takes write protection off all pages, which changes nothing in them. Readout "
                  "protection level 1 goes only with all that is in flash, and only with "
                  "--erase-all-flash. Level 2 never goes. PCROP and secure areas stay: "
                  "`bootleap option` has them.\n"
                  "\n"
                  "The ROM must run already. The chip resets itself, and is asked what is "
                  "protected when its ROM answers again, which it does where BOOT0 is high.\n",
              .end = "Examples:\n"
                     "  bootleap unprotect /dev/ttyACM0\n"
                     "  bootleap unprotect /dev/ttyACM0 --erase-all-flash\n",
              .groups = groups,
              .group_count = sizeof groups / sizeof *groups},
    .least = 0,
    .most = 1,
    .run = run,
};
