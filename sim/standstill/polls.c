// polls.c: remembers which register the application polled for long, and in vain.
// SPDX-License-Identifier: MIT
#include "polls.h"

#include "before.h"
#include "bit_band.h"
#include "system_clock.h"
#include "where.h"

#include <string.h>

enum { NS_IN_A_US = 1000, BLOCK_SIZE = 0x400 };

// The bits of a read, as they are read, that the loop waits for; all where that is not known.
static uint32_t awaited_bits(const struct polls *polls, const struct poll *poll)
{
    const struct poll_site *site = poll->site < POLL_SITES ? &polls->sites[poll->site] : NULL;
    bool is_alias = bit_band_has(polls->chip->device, poll->address);

    return site && site->polled.mask && !is_alias ? site->polled.mask >> 8 * (poll->address & 3u)
                                                  : UINT32_MAX;
}

static bool has_name(const struct polls *polls, const struct poll *poll)
{
    return poll->reads >= POLL_LEAST && poll->site < POLL_SITES &&
           polls->sites[poll->site].polled.name[0];
}

// This register is not read any more, and never was what was waited for.
static void give_up(struct polls *polls, struct poll *poll)
{
    if (has_name(polls, poll)) {
        polls->failed = *poll;
    }
    poll->reads = 0;
}

// It is read as another value: what was waited for has come.
static void succeed(struct polls *polls, struct poll *poll)
{
    if (has_name(polls, poll) && polls->failed.site == poll->site) {
        polls->failed.reads = 0;
    }
    poll->reads = 0;
}

static struct poll *poll_of(struct polls *polls, uint32_t address)
{
    struct poll *oldest = &polls->list[0];

    for (size_t i = 0; i < POLLS_AT_ONCE; i++) {
        struct poll *poll = &polls->list[i];
        if (poll->reads && poll->address == address) {
            return poll;
        }
        oldest = poll->reads == 0 || (oldest->reads && poll->at < oldest->at) ? poll : oldest;
    }
    return oldest;
}

// The loop that reads here: one that is known, or a new one, at which somebody should look.
static size_t find_site(struct polls *polls, uint32_t address)
{
    uint32_t pc = cpu_get(polls->chip->core.cpu, CPU_PC) & ~1u;

    for (size_t i = 0; i < polls->site_count; i++) {
        if (polls->sites[i].pc == pc && polls->sites[i].address == address) {
            return i;
        }
    }
    if (polls->site_count < POLL_SITES) {
        polls->sites[polls->site_count] = (struct poll_site){.pc = pc, .address = address};
        chip_pause(polls->chip);
        return polls->site_count++;
    }
    return POLL_SITES;
}

static void on_bus_read(void *context, uint32_t address, unsigned size, uint32_t value)
{
    struct polls *polls = context;
    struct poll *poll = poll_of(polls, address);
    uint64_t now = polls->chip->core.instructions;

    (void)size;
    if (poll->reads && (poll->address != address || now - poll->at > POLL_GAP)) {
        give_up(polls, poll);
    } else if (poll->reads && (poll->value ^ value) & awaited_bits(polls, poll)) {
        succeed(polls, poll);
    }
    if (!poll->reads) {
        *poll = (struct poll){.address = address,
                              .value = value,
                              .from_ns = system_clock_ns(polls->chip),
                              .site = POLL_SITES};
    }
    poll->at = now;
    if (++poll->reads == POLL_LEAST) {
        poll->site = find_site(polls, address);
    }
    if (poll->reads >= POLL_LEAST) {
        poll->to_ns = system_clock_ns(polls->chip);
    }
}

// A write to the same block says that the wait is over: that what was waited for was there each
// time where there were few reads, and that somebody has given up where there were many.
static void on_bus_write(void *context, uint32_t address, unsigned size, uint32_t value)
{
    struct polls *polls = context;

    (void)size;
    (void)value;
    for (size_t i = 0; i < POLLS_AT_ONCE; i++) {
        struct poll *poll = &polls->list[i];
        if (poll->reads && (poll->address ^ address) / BLOCK_SIZE == 0) {
            give_up(polls, poll);
        }
    }
}

bool polls_open(struct polls *polls, struct chip *chip)
{
    *polls = (struct polls){
        .chip = chip,
        .observer = {.context = polls, .bus_read = on_bus_read, .bus_write = on_bus_write}};
    return observers_add(chip, &polls->observer);
}

bool polls_asks(const struct polls *polls)
{
    return polls->site_count && !polls->sites[polls->site_count - 1].looked;
}

void polls_look(struct polls *polls, struct window *window, const struct image *image)
{
    struct poll_site *site = &polls->sites[polls->site_count - 1];
    bool is_alias = bit_band_has(polls->chip->device, site->address);
    uint32_t word = is_alias ? bit_band_word(site->address) : site->address & ~3u;
    struct where where;

    site->looked = true;
    where_look(window, image, &where);
    if (where.kind && strcmp(where.kind, "register") == 0 && where.address == word) {
        site->polled = (struct polled){.address = word, .mask = where.mask, .pc = where.pc};
        memcpy(site->polled.name, where.name, sizeof where.name);
        memcpy(site->polled.bit, where.bit, sizeof where.bit);
        memcpy(site->polled.function, where.function, sizeof where.function);
    }
}

// Where it stands says already what it waits for.
static bool says_enough(const struct where *where)
{
    return !where->kind || strcmp(where->kind, "register") == 0 ||
           strcmp(where->kind, "input") == 0;
}

void polls_tell(struct polls *polls, struct where *where)
{
    const struct poll *failed = &polls->failed;

    for (size_t i = 0; i < POLLS_AT_ONCE; i++) {
        struct poll *poll = &polls->list[i];
        if (poll->reads && poll->at >= failed->at) {
            give_up(polls, poll);
        }
    }
    if (failed->reads == 0 || says_enough(where)) {
        return;
    }
    where->before = polls->sites[failed->site].polled;
    where->before.value = bit_band_has(polls->chip->device, failed->address)
                              ? (failed->value ? where->before.mask : 0)
                              : failed->value << 8 * (failed->address & 3u);
    where->before.reads = failed->reads;
    where->before.us = (failed->to_ns - failed->from_ns) / NS_IN_A_US;
    before_say(polls->chip, &where->before);
}
