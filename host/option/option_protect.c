// option_protect.c: from ranges of flash to the bits and areas that protect them.
// SPDX-License-Identifier: MIT
#include "option_protect.h"

#include <limits.h>

enum { ERASE_LEAST_MS = 2000 };

static uint32_t lowest(uint32_t mask)
{
    return mask & (~mask + 1);
}

static bool holds(const struct option_plan *plan, const struct option_condition *condition)
{
    uint32_t value = 0;

    return condition->name == NULL ||
           (flash_state_field(&plan->before->state, condition->address, condition->mask, &value) &&
            value == condition->value / lowest(condition->mask));
}

// The field of the row that has these bits.
static const struct option_field *field_of(const struct option_plan *plan, uint32_t address,
                                           uint32_t mask)
{
    const struct option_field *field = plan->before->layout->fields;

    while (field->name && !(field->address == address && (field->mask & mask) == mask)) {
        field++;
    }
    return field->name ? field : NULL;
}

// Its value once the plan is carried out.
static uint32_t planned(const struct option_plan *plan, const struct option_field *field)
{
    uint32_t value = 0;

    option_bytes_value(plan->before, field, &value);
    for (unsigned i = 0; i < plan->count; i++) {
        value = plan->changes[i].field == field ? plan->changes[i].after : value;
    }
    return value;
}

// Changes bits of a register that belong to one field.
static int put(struct option_plan *plan, uint32_t address, uint32_t mask, uint32_t bits,
               struct problem *problem)
{
    const struct option_field *field = field_of(plan, address, mask);

    if (field == NULL) {
        return problem_set(problem, EXIT_REFUSED, "a debug probe",
                           "chip at %s: nobody has typed the option bits at 0x%08X",
                           plan->target->bootloader->port, (unsigned)address);
    }
    uint32_t unit = lowest(field->mask);
    uint32_t value = (planned(plan, field) & ~(mask / unit)) | (bits & mask) / unit;
    return option_plan_set(plan, field, value, problem);
}

// The numbers of the first and the last page that share bytes with a range.
static bool pages_of(const struct target *target, const struct region *range, uint32_t *first,
                     uint32_t *last)
{
    const struct region *flash = &target->layout.flash;
    bool found = false;

    if (range->size == 0 || range->start < flash->start ||
        range->start - flash->start >= flash->size ||
        range->size > flash->size - (range->start - flash->start)) {
        return false;
    }
    for (const struct page_run *run = target->layout.pages; run->count; run++) {
        for (uint32_t i = 0; i < run->count; i++) {
            uint32_t start = run->start + i * run->size, number = run->first_number + i;
            if (start < range->start + range->size && range->start < start + run->size) {
                *first = found && *first < number ? *first : number;
                *last = found && *last > number ? *last : number;
                found = true;
            }
        }
    }
    return found;
}

static int protect_bits(struct option_plan *plan, const struct write_protection *one,
                        uint32_t first, uint32_t last, struct problem *problem)
{
    int error = 0;

    for (unsigned i = 0; error == 0 && i < one->count; i++) {
        uint32_t page = one->page + i * one->pages;
        uint32_t pages = i + 1 == one->count ? one->last_pages : one->pages;
        if (page <= last && first < page + pages) {
            uint32_t mask = (uint32_t)1 << (one->first + i);
            error = put(plan, one->address, mask, one->protects ? mask : 0, problem);
        }
    }
    return error;
}

// The pages that an area of option bits can protect.
static uint32_t area_pages(const struct write_protection *one)
{
    return one->start_mask / lowest(one->start_mask) + 1;
}

static bool is_free(const struct option_plan *plan, const struct write_protection *one)
{
    const struct option_field *start = field_of(plan, one->address, one->start_mask);
    const struct option_field *end = field_of(plan, one->address, one->end_mask);

    return start && end && planned(plan, start) > planned(plan, end);
}

// The first area that is free among those that reach this page.
static int protect_area(struct option_plan *plan, uint32_t first, uint32_t last, uint32_t *done,
                        struct problem *problem)
{
    for (const struct write_protection *one = plan->target->device->write_protections; one->name;
         one++) {
        if (one->kind != PROTECTION_AREA || !holds(plan, &one->condition) || first < one->page ||
            first - one->page >= area_pages(one) || !is_free(plan, one)) {
            continue;
        }
        uint32_t end = one->page + area_pages(one) - 1;
        *done = last < end ? last : end;
        int error = put(plan, one->address, one->start_mask,
                        (first - one->page) * lowest(one->start_mask), problem);
        return error ? error
                     : put(plan, one->address, one->end_mask,
                           (*done - one->page) * lowest(one->end_mask), problem);
    }
    return problem_set(problem, EXIT_REFUSED, "bootleap unprotect first, or larger ranges",
                       "chip at %s: all areas of write protection that reach page %u are in use: "
                       "nothing was written",
                       plan->target->bootloader->port, (unsigned)first);
}

static bool has_areas(const struct device *device)
{
    return device->write_protections[0].kind == PROTECTION_AREA;
}

int option_protect_range(struct option_plan *plan, const struct region *range,
                         struct problem *problem)
{
    const struct device *device = plan->target->device;
    uint32_t first = 0, last = 0;
    int error = 0;

    if (device->write_protections[0].name == NULL) {
        return problem_set(problem, EXIT_REFUSED, "a debug probe",
                           "chip at %s: nobody has typed how %s protects its pages",
                           plan->target->bootloader->port, device->name);
    }
    if (!pages_of(plan->target, range, &first, &last)) {
        return problem_set(problem, EXIT_USAGE, "bootleap info, for the flash of this chip",
                           "0x%08X to 0x%08X: not in the flash of this chip",
                           (unsigned)range->start, (unsigned)(range->start + range->size - 1));
    }
    for (const struct write_protection *one = device->write_protections; error == 0 && one->name;
         one++) {
        if (one->kind == PROTECTION_BITS && holds(plan, &one->condition)) {
            error = protect_bits(plan, one, first, last, problem);
        }
    }
    for (uint32_t page = first; error == 0 && has_areas(device) && page <= last;) {
        uint32_t done = last;
        error = protect_area(plan, page, last, &done, problem);
        page = done + 1;
    }
    return error;
}

int option_protect_none(struct option_plan *plan, struct problem *problem)
{
    int error = 0;

    for (const struct write_protection *one = plan->target->device->write_protections;
         error == 0 && one->name; one++) {
        if (!holds(plan, &one->condition)) {
            continue;
        }
        if (one->kind == PROTECTION_BITS) {
            uint32_t mask = (uint32_t)(((uint64_t)1 << one->count) - 1) << one->first;
            error = put(plan, one->address, mask, one->protects ? 0 : mask, problem);
            continue;
        }
        if (!is_free(plan, one)) { // an empty area: its first page is behind its last one
            error = put(plan, one->address, one->start_mask, one->start_mask, problem);
            error = error ? error : put(plan, one->address, one->end_mask, 0, problem);
        }
    }
    return error;
}

size_t option_protect_after(const struct option_plan *plan, struct region *ranges, size_t most,
                            bool *known)
{
    struct flash_state state;

    option_plan_in_force(plan, &state);
    return flash_state_protected(&state, plan->target->device, &plan->target->layout, ranges, most,
                                 known);
}

unsigned option_protect_erase_ms(const struct target *target)
{
    uint64_t ms = ERASE_LEAST_MS;

    for (const struct page_run *run = target->device->pages; run->count; run++) {
        ms += (uint64_t)run->count * run->erase_ms;
    }
    return ms < UINT_MAX ? (unsigned)ms : UINT_MAX;
}
