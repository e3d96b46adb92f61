// option_session.c: connects to a ROM, and reads the option bytes of its chip.
// SPDX-License-Identifier: MIT
#include "option_session.h"

#include "option_loss.h"
#include "session.h"

#include <string.h>

static int identify(struct option_session *session, struct problem *problem)
{
    struct libbootleap *chip = session->handle.chip;

    chip->target.asks_size = true;
    int error = session_require(chip, problem);
    session->connection = &chip->connection;
    session->target = &chip->target;
    session->after = (struct option_return){.connection = session->connection,
                                            .named = session->options->device,
                                            .target = session->target};
    return error;
}

int option_session_open(struct option_session *session, const char *verb,
                        const struct options *options, int number, struct problem *problem)
{
    *session = (struct option_session){.options = options};
    int error = handle_open(&session->handle, verb, options, number, problem);

    if (error == 0) {
        error = handle_find(&session->handle, problem);
    }
    if (error == 0) {
        error = identify(session, problem);
    }
    if (error == 0 && session->target->device->option_layout) {
        error = option_bytes_read(&session->before, session->target, problem);
    }
    return error;
}

void option_session_close(struct option_session *session)
{
    handle_close(&session->handle);
}

int option_set_loss(void *request, const struct option_row *row, const char *text,
                    struct problem *problem)
{
    struct options *options = request;

    (void)text;
    (void)problem;
    for (const struct option_loss_text *loss = option_losses; loss->bit; loss++) {
        if (strcmp(loss->option, row->name) == 0) {
            options->losses |= (unsigned)loss->bit;
        }
    }
    return 0;
}

const struct option_row option_session_losses[] = {
    {.name = "erase-all-flash",
     .parse = option_set_loss,
     .help = "it may erase all flash: readout protection goes from level 1 to level 0"},
    {.name = "lose-reading-flash",
     .parse = option_set_loss,
     .help =
         "it may set readout protection to level 1: flash can be neither read nor written until "
         "all of it is erased"},
    {.name = "lock-chip-forever",
     .parse = option_set_loss,
     .help = "it may do what nothing takes back: readout protection level 2, BOOT_LOCK, a product "
             "state"},
    {.name = "lose-writing-pages",
     .parse = option_set_loss,
     .help = "it may protect pages from being erased and written"},
    {.name = "lose-reading-pages",
     .parse = option_set_loss,
     .help = "it may protect pages from being read (PCROP), or hide them (TZEN, SEC_SIZE)"},
    {.name = "lose-the-rom",
     .parse = option_set_loss,
     .help = "it may change what starts after a reset: the ROM may not be reachable any more"},
    {.name = "change-flash-layout",
     .parse = option_set_loss,
     .help = "it may change where banks of flash are seen, and how many there are"},
    {.name = "start-watchdog",
     .parse = option_set_loss,
     .help = "it may have a watchdog run from each reset on"},
    {.name = "inferred-layout",
     .parse = option_set_loss,
     .help = "it may write option bytes of a chip of which nobody has published how its ROM takes "
             "them"},
    {.name = NULL},
};

const struct option_row option_session_device[] = {
    {.name = "device",
     .argument = "NAME",
     .parse = option_text,
     .help = "refuse every other chip",
     .value = OPTION_DEVICE,
     .place = OPTIONS_PLACE(const char *, device)},
    {.name = NULL},
};
