// contract_exceptions.c: checks H3 and H6 to H9: exceptions, and where their handlers are.
// SPDX-License-Identifier: MIT
#include "contract_points.h"

#include "interrupt_names.h"
#include "system_memory.h"

#include <stdio.h>
#include <string.h>

enum {
    SYSTICK_ENABLE = 1,
    SYSTICK_TICKINT = 2,
    SHCSR = 0xD24, // from 0xE000E000
    MOST_NAMED = 3,
    LIST_ROOM = MOST_NAMED * (REGISTER_NAME_ROOM + 2) + 20,
};
#define SYSTEM_CONTROL_SPACE 0xE000E000u

static bool has(const uint32_t *list, unsigned number)
{
    return list[number / 32] >> number % 32 & 1u;
}

// " (SysTick, interrupt 37 (USART1) and 2 more)" for the exceptions of the list but one; "" for
// none. Returns how many they are.
static unsigned name_listed(const struct chip *chip, const uint32_t *list, unsigned but,
                            char text[LIST_ROOM])
{
    char name[REGISTER_NAME_ROOM];
    unsigned count = 0;
    size_t used = 0;

    for (unsigned i = 1; i < EXCEPTION_COUNT; i++) {
        if (i == but || !has(list, i)) {
            continue;
        }
        if (++count <= MOST_NAMED) {
            exception_name(chip, NULL, i, name);
            used += (size_t)snprintf(text + used, LIST_ROOM - used, "%s%s", count > 1 ? ", " : " (",
                                     name);
        }
    }
    if (count > MOST_NAMED) {
        used += (size_t)snprintf(text + used, LIST_ROOM - used, " and %u more", count - MOST_NAMED);
    }
    snprintf(text + used, LIST_ROOM - used, count ? ")" : "");
    return count;
}

void contract_thread_mode(const struct judge *judge, struct point *point)
{
    struct chip *chip = judge->chip;
    const struct exceptions *exceptions = &chip->core.exceptions;
    unsigned ipsr = cpu_get(chip->core.cpu, CPU_IPSR);
    char active[LIST_ROOM];
    unsigned count = name_listed(chip, exceptions->active, 0, active);

    contract_set(point, ipsr == 0 && !count, contract_earned_if(exceptions->taken),
                 count ? "IPSR %u, active:%s" : "IPSR %u, no exception active", ipsr, active);
}

void contract_interrupts(const struct judge *judge, struct point *point)
{
    struct chip *chip = judge->chip;
    const struct exceptions *exceptions = &chip->core.exceptions;
    unsigned held = exceptions->held_line;
    uint32_t faults = exceptions->plain[SHCSR / 4];
    char enabled[LIST_ROOM], pending[LIST_ROOM], handlers[REGISTER_TEXT_ROOM];
    unsigned enabled_count = name_listed(chip, exceptions->enabled, 0, enabled);
    unsigned pending_count = name_listed(chip, exceptions->pending, held, pending);

    pending_count += exceptions->taken_by_rom; // by handlers of a ROM that was not there yet
    register_and_bit_names(chip, SYSTEM_CONTROL_SPACE + SHCSR, faults, handlers);
    contract_set(point, !(enabled_count | pending_count | faults),
                 contract_earned_if(exceptions->nvic_written),
                 "%u interrupts enabled%s, %u exceptions pending%s%s%s%s%s", enabled_count, enabled,
                 pending_count, pending, faults ? ", handlers of faults enabled: " : "",
                 faults ? handlers : "", held ? ", and " : "", held ? exceptions->held_by : "");
}

void contract_systick(const struct judge *judge, struct point *point)
{
    const struct exceptions *exceptions = &judge->chip->core.exceptions;
    uint32_t control = exceptions->systick_control;
    bool runs = control & SYSTICK_ENABLE;

    contract_set(point, !runs, contract_earned_if(exceptions->systick_written), "SYST_CSR 0x%X%s",
                 (unsigned)control,
                 !runs ? ""
                 : control & SYSTICK_TICKINT
                     ? ": ENABLE is 1 and TICKINT is 1, so its exception comes"
                     : ": ENABLE is 1, and TICKINT is 0: no exception comes");
}

void contract_vectors(const struct judge *judge, struct point *point)
{
    struct chip *chip = judge->chip;
    uint32_t vtor = chip->core.exceptions.vtor;
    bool alias = chip->device->alias && vtor == 0;
    bool ok = system_memory_home(chip->device, vtor) == chip->device->rom_vector ||
              (alias && chip->alias_is_rom);

    contract_set(point, ok, EVIDENCE_EARNED, "VTOR 0x%08X%s", (unsigned)vtor,
                 !alias               ? ""
                 : chip->alias_is_rom ? ", system memory seen at 0"
                                      : ", flash seen at 0");
}

void contract_remap(const struct judge *judge, struct point *point)
{
    struct chip *chip = judge->chip;
    const struct device *device = chip->device;

    if (!device->remap_register) {
        contract_set(point, true, EVIDENCE_NOT_ASKED, "this series has no MEM_MODE");
        return;
    }
    const struct block *syscfg = block_at(chip, device->remap_register);
    bool clocked = syscfg && block_is_clocked(syscfg);
    char name[REGISTER_TEXT_ROOM];

    register_and_bit_names(chip, device->remap_register, device->remap_mask, name);
    contract_set(point, chip->alias_is_rom, EVIDENCE_EARNED, "%s: %s seen at 0, %s's clock is %s",
                 name, chip->alias_is_rom ? "system memory" : "flash",
                 syscfg ? syscfg->peripheral->name : "its", clocked ? "on" : "off");
}
