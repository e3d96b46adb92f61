// cache.c: follows CCR.DC and the cache maintenance registers between a store and a reset.
// SPDX-License-Identifier: MIT
//
// Registers: Armv7-M ARM (DDI 0403E.e), B3.2.8 and B3.2.17; Cortex-M7 TRM (DDI 0489F).
#include "cache.h"

#include <string.h>

enum { DC = 1u << 16, LINE = 32, DCISW_OFFSET = 0x260 };
static const uint32_t CCR = 0xE000ED14, MPU_CTRL = 0xE000ED94, DCISW = 0xE000EF60,
                      DCCMVAU = 0xE000EF64, DCCMVAC = 0xE000EF68, DCCSW = 0xE000EF6C,
                      DCCIMVAC = 0xE000EF70, DCCISW = 0xE000EF74;

static unsigned halfword(const uint8_t *bytes)
{
    return bytes[0] | (unsigned)bytes[1] << 8;
}

// Whoever switches the data cache on invalidates it by DCISW before (TRM, "Initializing and
// enabling the L1 caches"): its address is a literal, or an offset from SCB in STR.
static bool writes_dcisw(const struct code_region *region)
{
    for (uint32_t i = 0; i + 4 <= region->size; i += 2) {
        unsigned first = halfword(region->bytes + i), second = halfword(region->bytes + i + 2);
        if ((first & 0xFFF0u) == 0xF8C0u && (second & 0xFFFu) == DCISW_OFFSET) {
            return true;
        }
        if (first == (DCISW & 0xFFFF) && second == DCISW >> 16) {
            return true;
        }
    }
    return false;
}

static bool can_switch_on(const struct firmware *firmware)
{
    for (size_t i = 0; i < firmware->map.count; i++) {
        if (firmware->map.regions[i].executable && writes_dcisw(&firmware->map.regions[i])) {
            return true;
        }
    }
    return false;
}

enum whether cache_is_on(const struct firmware *firmware, const struct request *request)
{
    for (const struct event *event = request->site->events; event; event = event->before) {
        if (event->kind == EVENT_STORE && event->address == CCR &&
            event->number <= request->stored->number) {
            if (event->value.bits & DC) {
                return WHETHER_YES;
            }
            return event->value.known & DC ? WHETHER_NO : WHETHER_UNKNOWN;
        }
    }
    if (request->site->origin == ORIGIN_RESET || !can_switch_on(firmware)) {
        return WHETHER_NO;
    }
    return WHETHER_UNKNOWN;
}

// DCCSW and DCCISW clean a way of a set, and come in loops over all of them.
static enum whether cleans(const struct event *event, uint32_t address)
{
    if (event->address == DCCSW || event->address == DCCISW) {
        return WHETHER_YES;
    }
    if (event->address != DCCMVAC && event->address != DCCIMVAC && event->address != DCCMVAU) {
        return WHETHER_NO;
    }
    uint32_t of_line = event->value.known & ~(uint32_t)(LINE - 1);

    if ((event->value.bits ^ address) & of_line) {
        return WHETHER_NO;
    }
    return of_line == ~(uint32_t)(LINE - 1) ? WHETHER_YES : WHETHER_UNKNOWN;
}

enum whether cache_is_cleaned(const struct request *request)
{
    enum whether cleaned = WHETHER_NO;

    for (const struct event *event = request->site->events; event; event = event->before) {
        if (event->number <= request->stored->number) {
            break;
        }
        enum whether by_this =
            event->kind == EVENT_STORE ? cleans(event, request->address) : WHETHER_NO;
        if (by_this == WHETHER_YES) {
            return WHETHER_YES;
        }
        if (by_this == WHETHER_UNKNOWN) {
            cleaned = WHETHER_UNKNOWN;
        }
    }
    return cleaned;
}

bool cache_has_regions(const struct request *request)
{
    for (const struct event *event = request->site->events; event; event = event->before) {
        if (event->kind == EVENT_STORE && event->address == MPU_CTRL) {
            return !(event->value.known & ~event->value.bits & 1);
        }
    }
    return false;
}

bool cache_covers(const struct ram *ram)
{
    return !strstr(ram->region.name, "TCM");
}
