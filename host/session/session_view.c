// session_view.c: a target as libbootleap.h shows it.
// SPDX-License-Identifier: MIT
#include "session.h"

#include "target_quirks.h"

static void view_pages(struct session_view *view, const struct target *target)
{
    const struct region *flash = &target->layout.flash;

    view->chip.pages = view->pages;
    // An unknown chip has none.
    for (const struct page_run *run = target->layout.pages;
         run && run->count && view->chip.page_run_count < TARGET_RANGES; run++) {
        uint32_t from = run->start - flash->start,
                 room = from < flash->size ? flash->size - from : 0;
        unsigned most = room / run->size, count = run->count < most ? run->count : most;
        if (count) {
            view->pages[view->chip.page_run_count++] =
                (struct libbootleap_pages){run->start, run->first_number, count, run->size};
        }
    }
}

static void view_flash(struct session_view *view, const struct target *target)
{
    static const enum libbootleap_ground grounds[] = {[GROUND_ROW] = LIBBOOTLEAP_GROUND_TABLE,
                                                      [GROUND_NAME] = LIBBOOTLEAP_GROUND_NAME,
                                                      [GROUND_CHIP] = LIBBOOTLEAP_GROUND_CHIP};
    const struct region *flash = &target->layout.flash;
    struct libbootleap_chip *chip = &view->chip;

    chip->flash = (struct libbootleap_range){flash->start, flash->size, ""};
    chip->flash_kb = target->flash_kb;
    chip->ground = grounds[target->size_ground];
    chip->banks = target->banks;
    chip->swapped = target->swapped == WHETHER_UNKNOWN ? -1 : target->swapped == WHETHER_YES;
    chip->layout_known = target->layout_sure;
    view_pages(view, target);
}

static void view_protection(struct session_view *view, const struct target *target)
{
    static const enum libbootleap_readout levels[] = {
        [READOUT_UNKNOWN] = LIBBOOTLEAP_READOUT_UNKNOWN,
        [READOUT_LEVEL_0] = LIBBOOTLEAP_READOUT_LEVEL_0,
        [READOUT_LEVEL_HALF] = LIBBOOTLEAP_READOUT_LEVEL_HALF,
        [READOUT_LEVEL_1] = LIBBOOTLEAP_READOUT_LEVEL_1,
        [READOUT_LEVEL_2] = LIBBOOTLEAP_READOUT_LEVEL_2,
    };
    struct libbootleap_chip *chip = &view->chip;

    chip->readout = levels[target->readout];
    chip->write_protected = view->protected;
    chip->write_protected_count = target->protected_count;
    chip->write_protection_known = target->protection_known;
    for (size_t i = 0; i < target->protected_count; i++) {
        const struct region *range = &target->protected[i];
        view->protected[i] = (struct libbootleap_range){range->start, range->size, range->name};
    }
}

const struct libbootleap_chip *session_view(struct libbootleap *chip)
{
    const struct target *target = &chip->target;
    struct session_view *view = &chip->view;

    if (!chip->identified) {
        return NULL;
    }
    *view = (struct session_view){.chip = {
                                      .port = target->bootloader->port,
                                      .entered = chip->connection.entry_requested,
                                      .product = target_product(target),
                                      .protocol = target->bootloader->protocol_version,
                                      .rom_id = target->rom_id,
                                      .started_at = chip->started_at,
                                      .go_fails = target_go_fails(target),
                                  }};
    if (target->device) {
        view->chip.device = target->device->slug;
        view->chip.name = target->device->name;
    }
    view_flash(view, target);
    view_protection(view, target);
    for (unsigned i = 0; i < target->note_count; i++) {
        view->notes[i] = target->notes[i];
    }
    view->chip.notes = view->notes;
    view->chip.note_count = target->note_count;
    view->chip.layout_note_count = target->layout_notes;
    return &view->chip;
}
