// target_ask.c: from flash size register and option bytes to the flash of this chip.
// SPDX-License-Identifier: MIT
#include "target.h"

#include "device_flash_code.h"
#include "sure_read.h"

#include <stdio.h>

enum { KB = 1024 };

// A place for one more sentence. There is one for each that this file has.
static char *next_note(struct target *target)
{
    unsigned last = TARGET_NOTES - 1;

    target->note_count += target->note_count <= last;
    return target->notes[target->note_count - 1];
}

// Reads one area into the next free place. Refused is no error: the place stays free.
static int read_area(struct target *target, const struct read_area *area, struct problem *problem)
{
    struct bootloader *bootloader = target->bootloader;
    struct flash_state_area *place = &target->state.areas[target->state.count];

    for (uint32_t done = 0; done < area->size;) {
        uint32_t left = area->size - done;
        uint32_t size = left < bootloader->block_bytes ? left : bootloader->block_bytes;
        int error = sure_read(bootloader, area->start + done, size, place->bytes + done, problem);
        if (error) {
            return error == EXIT_REFUSED ? 0 : error;
        }
        done += size;
    }
    place->start = area->start;
    place->size = area->size;
    target->state.count++;
    return 0;
}

// Whether the area holds nothing but the size of the flash, which is known.
static bool is_told(const struct target *target, const struct read_area *area)
{
    uint32_t place = target->device->flash_size_register - area->start;

    return target->map_fits && !target->asks_size && place < area->size &&
           !flash_state_needs(target->device, area);
}

static int read_areas(struct target *target, struct problem *problem)
{
    const struct read_area *area = target->device->readable;
    int error = 0;

    target->state.count = 0;
    for (; error == 0 && area->size && target->state.count < FLASH_STATE_AREAS; area++) {
        if (!flash_state_has(&target->state, area->start, area->size) && !is_told(target, area)) {
            error = read_area(target, area, problem);
        }
    }
    return error;
}

static unsigned largest_kb(const struct target *target)
{
    return target->device->flash.size / KB;
}

// By the flash size register; 0: nobody knows.
static unsigned kb_of_register(struct target *target)
{
    const struct device *device = target->device;
    unsigned content = 0;

    if (!flash_state_kb(&target->state, device, &content)) {
        if (device->flash_size_register && device->readable->size && !target->map_fits) {
            snprintf(next_note(target), TARGET_NOTE_BYTES,
                     "the flash size register could not be read");
        }
        return 0;
    }
    if (!flash_state_kb_is_plausible(device, content)) {
        snprintf(next_note(target), TARGET_NOTE_BYTES,
                 "the flash size register has %u (0x%X), which is no size of %s", content, content,
                 device->name);
        return 0;
    }
    target->register_kb = content;
    return content;
}

// By the chip: its register, or the map that its ROM tells, of which some are those of the line's
// largest chip.
static unsigned kb_of_chip(struct target *target)
{
    unsigned kb = kb_of_register(target);
    unsigned told = target->map_fits ? memory_map_bytes(&target->map) / KB : 0;

    if (kb && told > kb) {
        snprintf(next_note(target), TARGET_NOTE_BYTES,
                 "the ROM tells of %u KB over USB, the flash size register has %u: that counts",
                 told, kb);
    }
    kb = kb ? kb : told;
    target->size_ground = kb ? GROUND_CHIP : GROUND_ROW;
    return kb;
}

static unsigned choose_kb(struct target *target)
{
    unsigned largest = largest_kb(target), kb = kb_of_chip(target);
    const char *name = target->device->name;

    if (target->named_kb > largest) {
        snprintf(next_note(target), TARGET_NOTE_BYTES,
                 "--device tells %u KB, the largest of %s has %u KB", target->named_kb, name,
                 largest);
    } else if (target->named_kb && kb && target->named_kb != kb) {
        snprintf(next_note(target), TARGET_NOTE_BYTES,
                 "--device tells %u KB, the chip %u KB: the smaller counts", target->named_kb, kb);
    }
    if (target->named_kb && target->named_kb <= largest && (kb == 0 || target->named_kb < kb)) {
        kb = target->named_kb;
        target->size_ground = GROUND_NAME;
    }
    return kb ? kb : largest;
}

static uint32_t pages_bytes(const struct page_run *run)
{
    uint32_t bytes = 0;

    for (; run->count; run++) {
        bytes += run->count * run->size;
    }
    return bytes;
}

static void note_second_bank(struct target *target, const struct chip_layout *layout)
{
    bool is_guess = layout->inferred && layout->banks > 1 && layout->kb != largest_kb(target);
    if (pages_bytes(layout->pages) < layout->kb * KB) {
        snprintf(next_note(target), TARGET_NOTE_BYTES,
                 "bank 2 cannot be erased: nobody has published the ROM's numbers of its pages "
                 "on a chip with %u KB",
                 layout->kb);
    } else if (is_guess) {
        snprintf(next_note(target), TARGET_NOTE_BYTES,
                 "the ROM's numbers of the pages of bank 2 on a chip with %u KB are inferred",
                 layout->kb);
    }
}

static const struct page_run no_pages[] = {{0}};

static void lay_out(struct target *target, unsigned kb)
{
    const struct device *device = target->device;
    const struct chip_layout *layout =
        flash_state_layout(&target->state, device, kb, &target->layout_sure);

    flash_layout_of_row(&target->layout, device);
    target->flash_kb = kb;
    if (layout == NULL && !target->layout_sure) {
        target->layout.flash.size = kb * KB;
        target->layout.pages = no_pages;
        target->banks = 0;
        snprintf(next_note(target), TARGET_NOTE_BYTES,
                 "no page can be erased: nobody has published how its option bits lay out %u KB",
                 kb);
        return;
    }
    if (layout == NULL) {
        target->layout.flash.size = kb * KB;
        target->banks = device->dual_bank == DUAL_BANK_NONE;
        return;
    }
    target->layout.flash.size = layout->size;
    target->layout.pages = layout->pages;
    target->banks = layout->banks;
    if (!target->layout_sure) {
        snprintf(next_note(target), TARGET_NOTE_BYTES,
                 "%s is not readable: the pages are taken for those of a new chip",
                 layout->condition.name);
    }
    note_second_bank(target, layout);
}

static void find_protected(struct target *target)
{
    target->protected_count =
        flash_state_protected(&target->state, target->device, &target->layout, target->protected,
                              TARGET_RANGES, &target->protection_known);
}

// What follows from the size. With two banks that have changed places a wrong guess of the ROM's
// numbers would erase the other one.
static void settle(struct target *target, unsigned kb)
{
    lay_out(target, kb);
    find_protected(target);
    if (target->swapped == WHETHER_YES) {
        target->layout.pages = no_pages;
    }
}

// What remains unknown whatever the size is.
static void note_unknown(struct target *target)
{
    if (target->device->readable->size == 0) {
        snprintf(next_note(target), TARGET_NOTE_BYTES,
                 "nobody has published what of this chip its ROM lets be read");
    } else if (target->state.count == 0) {
        snprintf(next_note(target), TARGET_NOTE_BYTES,
                 "the ROM refuses to read option bytes, as it does under readout protection");
    } else if (!target->protection_known) {
        snprintf(next_note(target), TARGET_NOTE_BYTES,
                 "not all of the write protection is readable");
    }
    if (target->swapped == WHETHER_YES) {
        snprintf(next_note(target), TARGET_NOTE_BYTES,
                 "the banks are swapped, and nobody has published whether the ROM's page numbers "
                 "are too: no page can be erased");
    }
}

int target_ask(struct target *target, const char *named, struct problem *problem)
{
    const struct device *device = target->device;

    if (device == NULL) {
        return 0;
    }
    int error = read_areas(target, problem);
    if (error) {
        return error;
    }
    target->note_count = 0;
    target->register_kb = 0;
    target->size_ground = GROUND_ROW;
    target->named_kb = named ? device_flash_kb(device, named) : 0;
    target->swapped = flash_state_swapped(&target->state, device);
    target->readout = flash_state_readout(&target->state, device);
    settle(target, choose_kb(target));
    target->layout_notes = target->note_count;
    note_unknown(target);
    return 0;
}

void target_take_largest(struct target *target)
{
    if (target->size_ground != GROUND_ROW) {
        target->size_ground = GROUND_ROW;
        settle(target, largest_kb(target));
    }
}

int target_require_open(const struct target *target, struct problem *problem)
{
    if (target->readout == READOUT_LEVEL_1 || target->readout == READOUT_LEVEL_2) {
        bool final = target->readout == READOUT_LEVEL_2;
        return problem_set(problem, EXIT_REFUSED,
                           final ? "another chip; level 2 cannot be taken back"
                                 : "bootleap unprotect --erase-all-flash first",
                           "chip at %s: readout protection level %d is on, so its ROM neither "
                           "reads nor writes its flash",
                           target->bootloader->port, final ? 2 : 1);
    }
    if (target->swapped == WHETHER_YES) {
        return problem_set(problem, EXIT_REFUSED, "swap the banks back by the option byte",
                           "chip at %s: its banks are swapped, and nobody has published which "
                           "numbers its ROM gives to their pages then",
                           target->bootloader->port);
    }
    return 0;
}

const struct region *target_protected_at(const struct target *target, const struct region *range)
{
    for (size_t i = 0; i < target->protected_count; i++) {
        const struct region *one = &target->protected[i];
        if (range->start < one->start + one->size && one->start < range->start + range->size) {
            return one;
        }
    }
    return NULL;
}

int target_require_unprotected(const struct target *target, const struct region *pages,
                               size_t count, struct problem *problem)
{
    const struct region *bits = NULL;
    uint32_t first = 0, last = 0;
    size_t found = 0;

    for (size_t i = 0; i < count; i++) {
        const struct region *range = target_protected_at(target, &pages[i]);
        if (range) {
            bits = found ? bits : range;
            first = found ? first : pages[i].start;
            last = pages[i].start + pages[i].size - 1;
            found++;
        }
    }
    if (found == 0) {
        return 0;
    }
    return problem_set(problem, EXIT_REFUSED, "another address, or bootleap unprotect first",
                       "chip at %s: %zu page%s from 0x%08X to 0x%08X %s write protected "
                       "(%s): nothing was erased",
                       target->bootloader->port, found, found == 1 ? "" : "s", first, last,
                       found == 1 ? "is" : "are", bits->name);
}
