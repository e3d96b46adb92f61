// look_at_chip.c: which chip answers, and what its option bytes forbid.
// SPDX-License-Identifier: MIT
#include "look.h"

#include "rom_quirks.h"
#include "target.h"
#include "target_quirks.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { FIND_MS = 1000 };

static void note_failure(struct observations *seen, const struct bootloader *bootloader,
                         const struct problem *problem)
{
    bool is_dfu = bootloader->ops->memory != NULL;

    observations_note(seen, TEXT_ERROR, problem->what);
    seen->signs[SIGN_IDENTIFY_FAILED] = true;
    if (is_dfu) {
        bool stuck = strstr(problem->what, "does not get ready") != NULL;
        seen->signs[stuck ? SIGN_DFU_STUCK : SIGN_DFU_SILENT] = true;
    }
}

// ST's ROMs name their first memory so, other loaders theirs otherwise.
static bool has_st_strings(struct observations *seen, struct bootloader *bootloader)
{
    struct memory_map map = {.name = ""};
    unsigned number = 0;

    while (bootloader->ops->memory(bootloader, number, &map) &&
           strcasecmp(map.name, "Internal Flash") != 0) {
        if (number++ == 0) {
            observations_note(seen, TEXT_HEARD, map.name);
        }
    }
    return strcasecmp(map.name, "Internal Flash") == 0;
}

static void note_identity(struct observations *seen, const struct target *target)
{
    const struct device *device = target->device;
    unsigned product = target_product(target); // over USB it is the row's
    char text[SEEN_TEXT_BYTES];

    snprintf(text, sizeof text, "0x%03X", product);
    observations_note(seen, TEXT_PRODUCT, text);
    snprintf(text, sizeof text, "0x%02X", target->rom_id);
    observations_note(seen, TEXT_ROM_ID, text);
    observations_note(seen, TEXT_CHIP, device ? device->name : "the chip");
    seen->signs[SIGN_UNKNOWN_PRODUCT] = device == NULL && target->bootloader->product != 0;
    seen->signs[SIGN_UNKNOWN_ROM] =
        device && target->rom_id && !rom_versions_have(device->rom_ids, target->rom_id);
    seen->signs[SIGN_DFU_STARTS_SO] =
        device && strncmp(seen->texts[TEXT_STATUS], "errFIRMWARE", 11) == 0 &&
        rom_quirk(device, target->rom_id, QUIRK_DFU_STARTS_IN_ERROR) != NULL;
}

static void note_protection(struct observations *seen, const struct target *target)
{
    const struct region *range = target->protected;
    char text[SEEN_TEXT_BYTES];

    seen->signs[SIGN_READOUT_1] = target->readout == READOUT_LEVEL_1;
    seen->signs[SIGN_READOUT_2] = target->readout == READOUT_LEVEL_2;
    seen->signs[SIGN_HIDES] = !target_shows_something(target);
    seen->signs[SIGN_SWAPPED] = target->swapped == WHETHER_YES;
    seen->signs[SIGN_WRITE_PROTECTED] = target->protected_count > 0;
    if (target->protected_count) {
        snprintf(text, sizeof text, "0x%08X to 0x%08X%s", range->start,
                 range->start + range->size - 1, target->protected_count > 1 ? " and more" : "");
        observations_note(seen, TEXT_RANGE, text);
        observations_note(seen, TEXT_BITS, range->name);
    } else if (target->swapped == WHETHER_YES) {
        observations_note(seen, TEXT_BITS, target->device->bank_swap.name);
    }
}

void look_at_chip(struct observations *seen, struct bootloader *bootloader,
                  const struct device *named)
{
    struct target target;
    struct problem problem;

    if (bootloader->ops->identify(bootloader, FIND_MS, RECOVERY_NONE, &problem)) {
        note_failure(seen, bootloader, &problem);
        return;
    }
    if (bootloader->ops->memory && !has_st_strings(seen, bootloader)) {
        seen->signs[SIGN_NOT_ST_STRINGS] = true;
        return;
    }
    if (target_identify_as(&target, bootloader, named, &problem)) {
        note_failure(seen, bootloader, &problem);
        return;
    }
    seen->signs[SIGN_OTHER_CHIP] = named && target_require_device(&target, named, &problem) != 0;
    note_identity(seen, &target);
    if (target.device == NULL) {
        return;
    }
    if (target_ask(&target, NULL, &problem)) {
        note_failure(seen, bootloader, &problem);
        return;
    }
    note_protection(seen, &target);
}
