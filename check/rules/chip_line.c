// chip_line.c: says from the row what a program cannot do on its chip, and what to do instead.
// SPDX-License-Identifier: MIT
#include "chip_line.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static bool enters_from_application(const struct walk *walk)
{
    for (size_t i = 0; i < walk->entry_count; i++) {
        if (walk->entries[i].origin == ORIGIN_APPLICATION) {
            return true;
        }
    }
    return false;
}

static bool no_way(const struct device *device, char line[CHIP_LINE])
{
    if (device->entry != ENTRY_NONE) {
        return false;
    }
    if (device->entry_how && device->entry_how[0]) {
        snprintf(line, CHIP_LINE,
                 "No way from an application into the ROM of %s is known for sure. "
                 "What is known: %s",
                 device->name, device->entry_how);
    } else {
        snprintf(line, CHIP_LINE,
                 "No way into the ROM of %s is known: AN2606 does not say where it "
                 "starts. Use the debugger, or a loader of your own.",
                 device->name);
    }
    return true;
}

static bool looks_at_flash(const struct device *device, char line[CHIP_LINE])
{
    if (device->empty_check == EMPTY_CHECK_FIRST_WORD) {
        snprintf(line, CHIP_LINE,
                 "The ROM of %s goes back to a flash that is not empty, whoever "
                 "jumped to it. Erase the first page before the jump "
                 "(BOOTLEAP_ERASE_FIRST_PAGE)%s.",
                 device->name, device->boot0_allows ? ", or hold BOOT0 high" : "");
        return true;
    }
    if (device->entry != ENTRY_ERASE_FIRST) {
        return false;
    }
    snprintf(line, CHIP_LINE,
             "The ROM of %s starts a bank of flash that looks valid, instead of "
             "serving. Erase the first page of each bank before the jump "
             "(BOOTLEAP_ERASE_FIRST_PAGE), or start the ROM by BOOT0.",
             device->name);
    return true;
}

static bool counts_as_valid(const struct device *device, uint32_t sp)
{
    for (const struct stack_window *window = device->bank_check.windows; window && window->name;
         window++) {
        if (sp >= window->first && sp <= window->last) {
            return true;
        }
    }
    return false;
}

static const char *option_name(const struct device *device, enum option_refusal refusal)
{
    for (const struct option_check *option = device->options; option && option->name; option++) {
        if (option->refusal == refusal) {
            return option->name;
        }
    }
    return "an option bit";
}

static bool starts_a_bank(const struct device *device, const struct walk *walk,
                          char line[CHIP_LINE])
{
    const struct bank_check *check = &device->bank_check;

    if (check->when == BANK_CHECK_NEVER || !counts_as_valid(device, walk->firmware->initial_sp)) {
        return false;
    }
    if (check->when == BANK_CHECK_BY_OPTION) {
        snprintf(line, CHIP_LINE,
                 "If %s lets it look at the banks, the ROM of %s starts this program "
                 "again instead of serving: its first word 0x%08X is a RAM "
                 "address. Leave the option as delivered.",
                 option_name(device, OPTION_DUAL_BANK), device->name,
                 (unsigned)walk->firmware->initial_sp);
        return true;
    }
    snprintf(line, CHIP_LINE,
             "The ROM of %s %s this program again instead of serving, because its "
             "first word 0x%08X is a RAM address%s.",
             device->name, check->when == BANK_CHECK_ALWAYS ? "starts" : "may start",
             (unsigned)walk->firmware->initial_sp,
             check->remap_cures == WHETHER_YES
                 ? ". MEM_MODE that selects system memory before the jump prevents it"
                 : "");
    return true;
}

static bool must_not_jump_with(const struct device *device, const struct walk *walk,
                               char line[CHIP_LINE])
{
    static const char *const ends[] = {[JUMP_HANGS] = "hangs",
                                       [JUMP_CRASHES] = "crashes",
                                       [JUMP_NO_USB] = "does not work over USB"};
    const struct jump_condition *condition = device->jump_conditions;

    if (!enters_from_application(walk) || !condition || !condition->name) {
        return false;
    }
    snprintf(line, CHIP_LINE,
             "The ROM of %s %s after a jump with %s. Undo that before, or enter by a "
             "reset.",
             device->name, ends[condition->end], condition->name);
    return true;
}

static bool needs_a_reset(const struct device *device, const struct walk *walk,
                          char line[CHIP_LINE])
{
    if (!enters_from_application(walk) || !device->no_direct || !device->no_direct[0]) {
        return false;
    }
    snprintf(line, CHIP_LINE,
             "No jump without a reset is known to be safe on %s. %s Store a request, "
             "reset, and jump early in the reset handler.",
             device->name, device->no_direct);
    return true;
}

static bool lists(const char *names, const char *name)
{
    return strstr(names, name) != NULL;
}

static bool options_refuse(const struct device *device, char line[CHIP_LINE])
{
    char names[160] = "";
    size_t used = 0;

    for (const struct option_check *option = device->options; option && option->name; option++) {
        if (!lists(names, option->name) && used + strlen(option->name) + 3 < sizeof names) {
            used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", used ? ", " : "",
                                     option->name);
        }
    }
    if (!used) {
        return false;
    }
    snprintf(line, CHIP_LINE,
             "Option bytes can keep %s from the ROM or from serving, and an ELF does "
             "not show them: %s. bootleap_probe() reads them on the chip.",
             device->name, names);
    return true;
}

void chip_line(const struct device *device, const struct walk *walk, char line[CHIP_LINE])
{
    line[0] = '\0';
    if (no_way(device, line) || looks_at_flash(device, line) || starts_a_bank(device, walk, line) ||
        must_not_jump_with(device, walk, line) || needs_a_reset(device, walk, line)) {
        return;
    }
    if (walk->entry_count) {
        options_refuse(device, line);
    }
}
