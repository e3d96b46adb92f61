// production_protect.c: sets readout protection, and looks what the chip shows then.
// SPDX-License-Identifier: MIT
#include "production_protect.h"

#include "option_loss.h"
#include "option_readout.h"
#include "option_write.h"
#include "session.h"

// For a ROM without a command of its own.
static int make_plan(struct option_plan *plan, struct option_bytes *before,
                     const struct target *target, struct problem *problem)
{
    int error = option_bytes_read(before, target, problem);

    if (error) {
        return error;
    }
    option_plan_begin(plan, target, before);
    error = option_readout_plan(plan, problem);
    return error ? error : option_loss_require(plan, OPTION_LOSS_READING_FLASH, problem);
}

int production_protect_check(struct libbootleap *chip, struct problem *problem)
{
    struct option_bytes before;
    struct option_plan plan;

    int error = session_require(chip, problem);
    if (error || option_readout_has_command(&chip->target)) {
        return error;
    }
    error = option_bytes_require_layout(&chip->target, problem);
    return error ? error : make_plan(&plan, &before, &chip->target, problem);
}

// One area, because only the readout protection changes. The chip resets with it.
static int write_plan(const struct option_plan *plan, struct bootloader *bootloader,
                      struct problem *problem)
{
    int error = 0;

    for (const struct option_area *area = plan->before->layout->areas; error == 0 && area->size;
         area++) {
        if (option_plan_touches(plan, area)) {
            error =
                bootloader->ops->write_options(bootloader, area->start, (area->size + 3) / 4 * 4,
                                               option_plan_bytes(plan, area), problem);
        }
    }
    return error;
}

static int set(struct libbootleap *chip, struct problem *problem)
{
    struct bootloader *bootloader = chip->connection.bootloader;
    struct option_bytes before;
    struct option_plan plan;

    if (option_readout_has_command(&chip->target)) {
        return bootloader->ops->protect(bootloader, BOOTLOADER_PROTECT_READOUT, 0, problem);
    }
    int error = make_plan(&plan, &before, &chip->target, problem);
    return error ? error : write_plan(&plan, bootloader, problem);
}

int production_protect(struct libbootleap *chip, bool *seen, struct problem *problem)
{
    struct option_return after = {
        .connection = &chip->connection, .named = chip->settings.device, .target = &chip->target};
    struct problem why;
    uint8_t byte;

    *seen = false;
    uint32_t start = chip->target.device->flash.start;
    int error = set(chip, problem);
    if (error) {
        return error;
    }
    if (option_return(&after, 0, &why) != 0) {
        return 0; // BOOT0 is low: the application runs
    }
    struct bootloader *bootloader = chip->connection.bootloader;
    *seen = bootloader->ops->read(bootloader, start, 1, &byte, &why) == EXIT_REFUSED;
    return *seen
               ? 0
               : problem_set(problem, EXIT_VERIFY, "switch the chip off and on, then bootleap info",
                             "chip at %s: its ROM took readout protection, and the flash is still "
                             "readable",
                             bootloader->port);
}
