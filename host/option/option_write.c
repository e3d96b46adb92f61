// option_write.c: writes, waits for the reset, reads back.
// SPDX-License-Identifier: MIT
#include "option_write.h"

enum { RETURN_MS = 5000 };

int option_return(struct option_return *after, unsigned most_ms, struct problem *problem)
{
    struct connection *connection = after->connection;
    const struct device *device = after->target->device; // it is the one that it was
    struct problem why;

    after->is_back = false;
    int error = connection_return(connection, RETURN_MS + most_ms, &why);
    if (error) {
        return problem_set(problem, EXIT_FAILED,
                           "hold BOOT0 high, or start the ROM as before, then bootleap option read",
                           "chip: it was told, and has reset itself, and its ROM does not answer "
                           "since (%.120s): nobody has looked at the result",
                           why.what);
    }
    error = target_identify_as(after->target, connection->bootloader, device, problem);
    if (error == 0) {
        error = target_require_device(after->target, device, problem);
    }
    if (error == 0) {
        error = target_ask(after->target, after->named, problem);
    }
    after->is_back = error == 0;
    return error;
}

static int compare(const struct option_return *after, const struct option_plan *plan,
                   struct problem *problem)
{
    struct option_bytes now;
    int error = option_bytes_read(&now, after->target, problem);

    for (unsigned i = 0; error == 0 && i < plan->count; i++) {
        const struct option_change *change = &plan->changes[i];
        uint32_t value = 0;
        bool hides = change->field->risk == OPTION_RISK_READOUT && now.refused;
        if (hides) {
            continue; // that it is not readable any more is what was wanted
        }
        if (!option_bytes_value(&now, change->field, &value)) {
            continue;
        }
        if (value != change->after) {
            error = problem_set(problem, EXIT_VERIFY,
                                "switch the chip off and on, then bootleap option read",
                                "chip at %s: %s is 0x%X, not 0x%X: its ROM took the write, and the "
                                "chip does not show it",
                                after->target->bootloader->port, change->field->name,
                                (unsigned)value, (unsigned)change->after);
        }
    }
    return error;
}

static int write_area(struct option_return *after, const struct option_plan *plan,
                      const struct option_area *area, struct problem *problem)
{
    struct bootloader *bootloader = after->connection->bootloader;
    uint32_t size = (area->size + 3) / 4 * 4;
    int error = bootloader->ops->write_options(bootloader, area->start, size,
                                               option_plan_bytes(plan, area), problem);

    return error ? error : option_return(after, 0, problem);
}

int option_write(struct option_return *after, const struct option_plan *plan,
                 struct problem *problem)
{
    const struct bootloader *bootloader = after->connection->bootloader;
    int error = 0;

    if (bootloader->ops->write_options == NULL) {
        return problem_set(problem, EXIT_REFUSED, "another wire",
                           "ROM at %s: option bytes cannot be written over this wire",
                           bootloader->port);
    }
    for (const struct option_area *area = plan->before->layout->areas; error == 0 && area->size;
         area++) {
        if (option_plan_touches(plan, area)) {
            error = write_area(after, plan, area, problem);
        }
    }
    return error ? error : compare(after, plan, problem);
}
