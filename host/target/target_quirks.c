// target_quirks.c: looks a target's version up in its row.
// SPDX-License-Identifier: MIT
#include "target_quirks.h"

#include "rom_quirks.h"

static const struct rom_quirk *find(const struct target *target, enum quirk quirk)
{
    return target->device ? rom_quirk(target->device, target->rom_id, quirk) : NULL;
}

void target_apply_quirks(struct target *target)
{
    static const struct {
        enum quirk quirk;
        enum bootloader_quirk bit;
    } pairs[] = {
        {QUIRK_GO_WITHOUT_FIRST_ACK, BOOTLOADER_GO_WITHOUT_FIRST_ACK},
        {QUIRK_NO_NACK_FOR_ADDRESS, BOOTLOADER_NO_NACK_FOR_ADDRESS},
    };

    target->bootloader->quirks = 0;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (find(target, pairs[i].quirk)) {
            target->bootloader->quirks |= (unsigned)pairs[i].bit;
        }
    }
}

bool target_go_fails(const struct target *target)
{
    const struct device *device = target->device;

    return device && rom_versions_have(target->bootloader->is_dfu ? device->dfu.leave_fails
                                                                  : device->go.fails,
                                       target->rom_id);
}

bool target_reads_spoil_writes(const struct target *target)
{
    return find(target, QUIRK_READ_LOSES_UNIT) != NULL;
}

bool target_erases_second_bank(const struct target *target)
{
    return !target->bootloader->is_dfu || (!find(target, QUIRK_DFU_SECOND_BANK_SHIFTED) &&
                                           !find(target, QUIRK_DFU_SECOND_BANK_NOT_ERASED));
}

unsigned target_erase_pages(const struct target *target, bool second_bank)
{
    return target->device ? rom_erase_pages_most(target->device, target->rom_id, second_bank) : 1;
}

unsigned target_erase_pause_ms(const struct target *target)
{
    const struct rom_quirk *quirk = find(target, QUIRK_ERASE_NOT_AWAITED);

    return quirk ? quirk->number : 0;
}
