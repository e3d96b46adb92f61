// session_option.c: option bytes of the chip by ST's names.
// SPDX-License-Identifier: MIT
#include "session.h"

#include "option_bytes.h"
#include "option_loss.h"
#include "option_plan.h"
#include "option_write.h"

static int read_all(struct libbootleap *chip, struct option_bytes *bytes, struct problem *problem)
{
    int error = session_require(chip, problem);

    if (error == 0) {
        error = option_bytes_require_layout(&chip->target, problem);
    }
    return error ? error : option_bytes_read(bytes, &chip->target, problem);
}

int session_option_read(struct libbootleap *chip, const char *name, uint32_t *value,
                        struct problem *problem)
{
    const struct option_field *field;
    struct option_bytes bytes;

    int error = read_all(chip, &bytes, problem);
    if (error) {
        return error;
    }
    error = option_bytes_require(chip->target.device, name, &field, problem);
    if (error) {
        return error;
    }
    return option_bytes_value(&bytes, field, value)
               ? 0
               : problem_set(problem, EXIT_REFUSED, "bootleap doctor, which says why",
                             "%s at %s: the ROM does not let it be read", field->name,
                             chip->target.bootloader->port);
}

int session_option_write(struct libbootleap *chip, const char *const *changes, size_t count,
                         unsigned losses, struct problem *problem)
{
    struct option_bytes before;
    struct option_plan plan;
    struct option_return after = {
        .connection = &chip->connection, .named = chip->settings.device, .target = &chip->target};

    int error = read_all(chip, &before, problem);
    option_plan_begin(&plan, &chip->target, &before);
    for (size_t i = 0; error == 0 && i < count; i++) {
        error = option_plan_set_text(&plan, changes[i], problem);
    }
    if (error == 0) {
        error = option_loss_require(&plan, losses, problem);
    }
    return error || plan.count == 0 ? error : option_write(&after, &plan, problem);
}
