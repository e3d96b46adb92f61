// cmd_protect.c: `bootleap protect`, has the chip keep others from its flash.
// SPDX-License-Identifier: MIT
#include "json_value.h"
#include "option_loss.h"
#include "option_protect.h"
#include "option_readout.h"
#include "option_report.h"
#include "option_session.h"
#include "plain_text.h"
#include "rom_quirks.h"
#include "verb.h"

#include <stdio.h>
#include <string.h>

// Defects of this ROM that show once readout protection is at level 1.
static void warn(const struct target *target)
{
    for (const struct rom_defect *defect = target->device->defects; defect->affects; defect++) {
        if (strstr(defect->what, "level 1") &&
            rom_versions_have(defect->versions, target->rom_id)) {
            fprintf(stderr, "bootleap: protect: note: this ROM: %s\n", defect->what);
        }
    }
}

static int plan_pages(struct option_plan *plan, const struct options *options,
                      struct problem *problem)
{
    int error = 0;

    for (size_t i = 0; error == 0 && i < options->keep_count; i++) {
        const struct region range = {"", options->keep[i].start, options->keep[i].size};
        error = option_protect_range(plan, &range, problem);
    }
    return error;
}

static int make_plan(struct option_plan *plan, const struct options *options,
                     struct problem *problem)
{
    bool needs_plan = options->keep_count || !option_readout_has_command(plan->target);
    int error = needs_plan ? option_bytes_require_layout(plan->target, problem) : 0;

    if (error == 0) {
        error = plan_pages(plan, options, problem);
    }
    if (error == 0 && options->readout && !option_readout_has_command(plan->target)) {
        error = option_readout_plan(plan, problem);
    }
    return error
               ? error
               : option_loss_require(
                     plan, options->losses | OPTION_LOSS_WRITING_PAGES | OPTION_LOSS_READING_FLASH,
                     problem);
}

static int protect_readout(struct option_session *session, struct problem *problem)
{
    struct bootloader *bootloader = session->connection->bootloader;
    const struct options *options = session->options;

    if (options->json) {
        json_t *lines = json_object_get(options->report, "undo");
        char line[120];
        snprintf(line, sizeof line, "bootleap unprotect %s --erase-all-flash", bootloader->port);
        json_array_insert_new(lines, 0, json_value_string(line)); // before the others
    } else {
        printf("warning: flash can be neither read nor written until all of it is erased\n"
               "undo: bootleap unprotect ");
        plain_text_print(stdout, bootloader->port);
        printf(" --erase-all-flash\n");
        fflush(stdout);
    }
    int error = bootloader->ops->protect(bootloader, BOOTLOADER_PROTECT_READOUT, 0, problem);
    return error ? error : option_return(&session->after, 0, problem);
}

static int protect(struct option_session *session, struct problem *problem)
{
    const struct options *options = session->options;
    struct option_plan plan;

    option_plan_begin(&plan, session->target, &session->before);
    int error = target_require_open(session->target, problem);
    if (error == 0) {
        error = make_plan(&plan, options, problem);
    }
    if (error) {
        return error;
    }
    if (options->readout) {
        warn(session->target);
    }
    option_report_plan(&plan, options->report);
    if (plan.count) {
        error = option_write(&session->after, &plan, problem);
    }
    if (error == 0 && options->readout && option_readout_has_command(session->target)) {
        error = protect_readout(session, problem);
    }
    if (error == 0) {
        option_report_protection(session->target, options->report);
    }
    return error;
}

static int run(const struct options *options, struct problem *problem)
{
    struct option_session session;

    if (!options->readout && options->keep_count == 0) {
        return problem_set(problem, EXIT_USAGE, "bootleap protect --help",
                           "protect needs --readout, or --write with a range");
    }
    int error = option_session_open(&session, "protect", options, 0, problem);
    if (error == 0) {
        error = protect(&session, problem);
    }
    option_session_close(&session);
    return error;
}

static const struct option_row rows[] = {
    {.name = "readout",
     .parse = option_flag,
     .help =
         "readout protection level 1: neither the ROM nor a debug probe can read or write flash. "
         "The only way back erases all flash",
     .place = OPTIONS_PLACE(bool, readout)},
    {.name = "write",
     .argument = "ADDR+LEN",
     .parse = option_set_keep,
     .help = "the pages of this range can no longer be erased and written; may be given several "
             "times"},
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

const struct verb cmd_protect = {
    .table = {.program = "bootleap",
              .verb = "protect",
              .summary = "protect the flash from being read or written",
              .operands = "[PORT]",
              .values = {OPTION_PORT},
              .description =
                  "The ROM must run already. The chip resets itself, and is asked what is "
                  "protected when its ROM answers again, which it does where BOOT0 is high.\n"
                  "\n"
                  "What keeps pages from being written is changed in the option bytes. Ranges that "
                  "are protected already stay so. Where one bit is for several pages, all of them "
                  "are protected. Level 2 of readout protection is no option here: nothing takes "
                  "it back. `bootleap option write` has it.\n",
              .end = "Examples:\n"
                     "  bootleap protect /dev/ttyACM0 --write 0x08000000+0x4000\n"
                     "  bootleap protect /dev/ttyACM0 --readout\n",
              .groups = groups,
              .group_count = sizeof groups / sizeof *groups},
    .least = 0,
    .most = 1,
    .run = run,
};
