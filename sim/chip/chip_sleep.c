// chip_sleep.c: WFI and WFE: time goes on until something wakes the core.
// SPDX-License-Identifier: MIT
#include "chip_sleep.h"

#include "exceptions.h"

enum { SCR = 0xD10, SLEEPDEEP = 1 << 2 };

bool chip_sleeps_deeply(const struct chip *chip)
{
    return chip->core.exceptions.plain[SCR / 4] & SLEEPDEEP;
}

void chip_fall_asleep(struct chip *chip, enum cpu_stop why)
{
    chip->sleeping = !exceptions_wake(&chip->core);
    chip->sleeps_for_event = why == CPU_WAIT;
}

static bool wakes(struct chip *chip)
{
    return exceptions_wake(&chip->core) ||
           (chip->sleeps_for_event && exceptions_take_event(&chip->core));
}

// Time goes on to the next event, if one is to come.
static void pass_time(struct chip *chip)
{
    struct cortex *core = &chip->core;
    uint64_t next = event_queue_next_wake(&core->events, chip_sleeps_deeply(chip));

    if (next == EVENT_NEVER) {
        chip->paused = chip->idle = chip->asleep = true; // only the outside can wake it
        chip->sleeping = !chip->sleeps_for_event;        // or an event that is not modelled
        return;
    }
    if (next > core->instructions) {
        core->slept += next - core->instructions;
        core->instructions = next;
    }
    event_queue_run(&core->events, core->instructions);
    chip->sleeping = !wakes(chip);
}

// Deeply asleep only what has a clock of its own goes on: the IWDG. What comes from outside, as by
// EXTI, wakes the core all the same.
void chip_sleep_on(struct chip *chip)
{
    chip->sleeping = !wakes(chip);
    while (chip->sleeping && !chip->paused && !chip->reset_wanted && !chip->deferred) {
        pass_time(chip);
    }
}
