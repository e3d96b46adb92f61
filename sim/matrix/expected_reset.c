// expected_reset.c: the rules of what must come of each scenario of the matrix.
// SPDX-License-Identifier: MIT
//
// Written by hand, from the design and the documents, and never from what the library does.
#include "expected.h"

#include "cell.h"
#include "scenarios.h"

static const struct expected not_run = {EXPECTED_NOT_RUN, FROM_RESET, false};
static const struct expected refuses = {EXPECTED_REFUSES, FROM_RESET, false};

static struct expected runs(enum expected_origin origin)
{
    return (struct expected){EXPECTED_RUNS, origin, false};
}

// A chip that has no documented way in, or whose ROM goes back to a flash that is not empty,
// refuses whatever else is the case.
static struct expected enters(const struct device *device, enum expected_origin origin)
{
    return (struct expected){device->entry == ENTRY_RESET ? EXPECTED_ENTERS : EXPECTED_REFUSES,
                             origin, false};
}

// Where nothing is entered there is no way back either; that it refuses the states tell.
static struct expected enters_or_not_run(const struct device *device, enum expected_origin origin)
{
    return device->entry == ENTRY_RESET ? enters(device, origin) : not_run;
}

struct expected expect_state(const struct cell *cell)
{
    if (!state_exists(cell->device, cell->scenario->state)) {
        return not_run;
    }
    if (cell->scenario->state == STATE_UNPRIVILEGED) {
        return refuses; // may not reset the chip
    }
    return enters(cell->device, FROM_ROM);
}

// Nobody says that these ROMs feed it.
struct expected expect_unfed_watchdog(const struct cell *cell)
{
    return cell->device->feeds_iwdg == WHETHER_UNKNOWN ? enters(cell->device, LEFT_ROM) : not_run;
}

struct expected expect_stack(const struct cell *cell)
{
    return cell->device->mark_in_backup ? not_run : enters_or_not_run(cell->device, FROM_ROM);
}

struct expected expect_option(const struct cell *cell)
{
    for (const struct option_check *check = cell->device->options; check->name; check++) {
        if (check->refusal == cell->scenario->refusal && !*check->parts) {
            return refuses;
        }
    }
    return not_run;
}

// A ROM that may start every boot says nothing by its trace: without a mark nobody was away.
static enum expected_origin origin_by_trace(const struct device *device)
{
    bool starts_boots =
        device->dual_bank == DUAL_BANK_BFB2 || device->dual_bank == DUAL_BANK_NDBOOT;

    return starts_boots ? FROM_RESET : FROM_ROM;
}

struct expected expect_go(const struct cell *cell)
{
    return enters_or_not_run(cell->device, FROM_ROM);
}

// Without a flag it is a ROM that leaves no trace.
struct expected expect_pin(const struct cell *cell)
{
    return enters_or_not_run(cell->device, cell->device->after_pin ? LEFT_ROM : FROM_ROM);
}

// It looks like the ROM's own where that resets itself.
struct expected expect_host_reset(const struct cell *cell)
{
    return enters_or_not_run(cell->device, cell->device->self_reset ? ROM_GAVE_UP : FROM_ROM);
}

// What lies in RAM counts for nothing.
struct expected expect_power_loss(const struct cell *cell)
{
    return enters_or_not_run(cell->device, FROM_RESET);
}

struct expected expect_watchdog_reset(const struct cell *cell)
{
    return enters_or_not_run(cell->device, LEFT_ROM);
}

// A chip without the flag does not tell, or does not reset.
struct expected expect_option_load(const struct cell *cell)
{
    return cell->device->flags_option ? enters_or_not_run(cell->device, LEFT_ROM) : not_run;
}

struct expected expect_self_reset(const struct cell *cell)
{
    if (!cell->device->self_reset) {
        return not_run;
    }
    return enters(cell->device, cell->number > SCENARIO_MOST_REPEATS ? ROM_GAVE_UP : FROM_ROM);
}

struct expected expect_reset_on_the_way(const struct cell *cell)
{
    return cell->device->entry == ENTRY_RESET
               ? (struct expected){EXPECTED_SETTLES, FROM_RESET, false}
               : not_run;
}

// The stack of the matrix's firmware begins where the first RAM ends. In the same KB as the mark,
// reads of one cannot be told from reads of the other.
static bool stack_is_near_mark(const struct device *device)
{
    for (const struct ram *ram = device->rams; ram->region.size; ram++) {
        uint32_t top = ram->region.start + ram->region.size;
        if (ram->region.start == 0x20000000u && (top - 1) >> 10 == device->mark >> 10) {
            return true;
        }
    }
    return false;
}

// The library knows the trace of a ROM that it can enter in some way.
struct expected expect_boot0_go(const struct cell *cell)
{
    return cell->device->entry == ENTRY_NONE ? not_run : runs(origin_by_trace(cell->device));
}

struct expected expect_boot0_pin(const struct cell *cell)
{
    return cell->device->entry == ENTRY_NONE ? not_run : runs(FROM_RESET);
}

struct expected expect_empty_go(const struct cell *cell)
{
    return cell->device->empty_register ? expect_boot0_go(cell) : not_run;
}

// Any other ROM goes back to flash.
struct expected expect_foreign_jump(const struct cell *cell)
{
    return cell->device->entry == ENTRY_RESET ? expect_boot0_go(cell) : not_run;
}

// Nothing tells it from a power-on's start.
struct expected expect_plain_jump(const struct cell *cell)
{
    return cell->device->bank_check.when == BANK_CHECK_ALWAYS ? runs(FROM_RESET) : not_run;
}

struct expected expect_bank_start(const struct cell *cell)
{
    return cell->device->dual_bank == DUAL_BANK_BFB2 && cell->device->entry == ENTRY_RESET
               ? runs(FROM_RESET)
               : not_run;
}

struct expected expect_bank_entry(const struct cell *cell)
{
    if (cell->device->dual_bank != DUAL_BANK_BFB2 || cell->device->entry != ENTRY_RESET) {
        return not_run;
    }
    // With such options this ROM starts a bank whatever MEM_MODE says.
    return cell->device->bank_check.when == BANK_CHECK_BY_OPTION ? refuses
                                                                 : enters(cell->device, FROM_ROM);
}

// It is about a mark in RAM.
struct expected expect_noise_mark(const struct cell *cell)
{
    return cell->device->mark && !cell->device->mark_in_backup ? runs(FROM_RESET) : not_run;
}

struct expected expect_parity(const struct cell *cell)
{
    return stack_is_near_mark(cell->device) ? not_run : expect_noise_mark(cell);
}

struct expected expect_cold_boots(const struct cell *cell)
{
    (void)cell;
    return runs(FROM_RESET);
}

struct expected expect_rom_interrupt(const struct cell *cell)
{
    return expect_boot0_go(cell);
}

// With the first page erased the ROM serves, and after its host has filled the flash all is as
// elsewhere. What ends the ROM before that leaves a chip without an application.
static struct expected expected_erased(const struct cell *cell)
{
    struct expected expected = not_run;

    if (cell->scenario->group == GROUP_STATES && !cell->scenario->ends_before_host) {
        expected = cell->scenario->rule(cell);
    } else if (cell->scenario->group == GROUP_STACK) {
        expected = enters(cell->device, FROM_ROM);
    }
    if (expected.end == EXPECTED_REFUSES && cell->scenario->state != STATE_UNPRIVILEGED) {
        expected.end = EXPECTED_ENTERS;
        expected.origin = FROM_ROM; // by the trace, or by a mark that survives
    }
    return expected;
}

struct expected expected_of(const struct cell *cell)
{
    if (cell->path == PATH_DIRECT) {
        return expected_directly(cell);
    }
    return cell->erases && cell->device->entry == ENTRY_ERASE_FIRST ? expected_erased(cell)
                                                                    : cell->scenario->rule(cell);
}
