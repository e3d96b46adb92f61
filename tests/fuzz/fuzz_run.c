// fuzz_run.c: runs a hostile ELF on a virtual chip, as `bootleap-sim run` does.
// SPDX-License-Identifier: MIT
//
// Three bytes that ELF leaves free choose the rest, so that an input is a file like any other:
// e_ident[13] is how the application enters, [14] who ends the ROM, [15] which row of the table.
#include "fuzz.h"

#include "attachments.h"
#include "run.h"
#include "run_setup.h"
#include "runnable.h"
#include "summary.h"

#include <stdlib.h>

enum { HOW = 13, HOST = 14, DEVICE = 15, HEAD = 16, INSTRUCTIONS = 2000 };

// Hosts that need nobody at a terminal.
static const enum rom_host hosts[] = {
    ROM_HOST_END,   ROM_HOST_GO,       ROM_HOST_PIN,    ROM_HOST_RESET,
    ROM_HOST_POWER, ROM_HOST_WATCHDOG, ROM_HOST_OPTION, ROM_HOST_BROWN_OUT,
};

static struct scenario choose(const char *elf, const uint8_t *bytes)
{
    struct scenario scenario = {.elf = elf,
                                .limit = INSTRUCTIONS,
                                .seed = 1,
                                .entry = "bootleap_enter",
                                .on_reset = "bootleap_on_reset"};

    scenario.device = &devices[bytes[DEVICE] % device_count];
    scenario.host = hosts[bytes[HOST] % (sizeof hosts / sizeof hosts[0])];
    scenario.enter_at = bytes[HOW] & 1 ? "application" : NULL;
    scenario.foreign_jump = bytes[HOW] & 2;
    scenario.empty = bytes[HOW] & 4;
    scenario.parity = bytes[HOW] & 8;
    scenario.restores_vectors = bytes[HOW] & 16;
    scenario.boot0 = bytes[HOW] & 32;
    scenario.state = (enum application_state)((bytes[HOW] >> 6) % STATES);
    return scenario;
}

static void run(const struct scenario *scenario)
{
    static const volatile sig_atomic_t never;
    struct problem problem = {0};
    struct run *run = malloc(sizeof *run);
    int error = run ? run_open(run, scenario, &never, &problem) : EXIT_DONE;

    if (run && error == 0) {
        error = attachments_open(run, &problem); // for who is to blame
        if (error == 0) {
            error = run_scenario(run, &problem);
        }
        json_t *summary = summary_pack(run);
        if (!summary) {
            abort(); // nothing to report with
        }
        json_decref(summary);
        attachments_close(run, error, &problem);
        run_close(run);
    }
    if (error) {
        fuzz_check_refusal(error, &problem);
    }
    free(run);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < HEAD || runnable_why_not(&devices[bytes[DEVICE] % device_count])) {
        return 0;
    }
    struct scratch scratch = scratch_open(bytes, size);
    struct scenario scenario = choose(scratch.path, bytes);

    run(&scenario);
    scratch_close(&scratch);
    return 0;
}
