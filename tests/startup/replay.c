// replay.c: makes the register accesses of a vendor's start-up, one after the other.
// SPDX-License-Identifier: MIT
//
// The accesses are a table that program.py makes from traces/SERIES.csv. A wait that is in vain
// ends in stuck(), with the number of the access in r0. After the last access the program gets to
// done().
#include "replay.h"

#include <stdbool.h>

enum { MOST_READS = 100, MOST_TURNS = 10000000 };

static volatile uint32_t taken[EXCEPTIONS]; // how often each exception was
static volatile uint32_t acknowledge_at[EXCEPTIONS], acknowledge_by[EXCEPTIONS];

__attribute__((noinline, noreturn)) static void stuck(uint32_t number)
{
    for (;;) {
        __asm volatile("" ::"r"(number));
    }
}

__attribute__((noinline, noreturn)) static void done(void)
{
    for (;;) {
        __asm volatile("");
    }
}

static uint32_t load(const struct access *access)
{
    if (access->bytes == 1) {
        return *(volatile uint8_t *)access->address;
    }
    if (access->bytes == 2) {
        return *(volatile uint16_t *)access->address;
    }
    return *(volatile uint32_t *)access->address;
}

static void store(uint32_t address, unsigned bytes, uint32_t value)
{
    if (bytes == 1) {
        *(volatile uint8_t *)address = (uint8_t)value;
    } else if (bytes == 2) {
        *(volatile uint16_t *)address = (uint16_t)value;
    } else {
        *(volatile uint32_t *)address = value;
    }
}

// All exceptions but the reset.
void handler(void)
{
    uint32_t number;

    __asm volatile("mrs %0, ipsr" : "=r"(number));
    number &= EXCEPTIONS - 1u;
    if (acknowledge_at[number]) {
        store(acknowledge_at[number], 4, acknowledge_by[number]);
    }
    taken[number]++;
}

static bool comes(const struct access *access)
{
    for (int reads = 0; reads < MOST_READS; reads++) {
        if ((load(access) & access->mask) == access->value) {
            return true;
        }
    }
    return false;
}

// The exception is taken so often from now on.
static bool interrupts(const struct access *access)
{
    uint32_t until = taken[access->exception] + access->value;

    for (int turns = 0; turns < MOST_TURNS; turns++) {
        if (taken[access->exception] == until) {
            return true;
        }
    }
    return false;
}

static bool make(const struct access *access)
{
    switch (access->kind) {
    case ACCESS_READ:
        load(access);
        return true;
    case ACCESS_WRITE:
        store(access->address, access->bytes, access->value);
        return true;
    case ACCESS_WAIT:
        return comes(access);
    case ACCESS_ACKNOWLEDGE:
        acknowledge_at[access->exception] = access->address;
        acknowledge_by[access->exception] = access->value;
        return true;
    default:
        return interrupts(access);
    }
}

void reset_handler(void)
{
    for (unsigned i = 0; i < EXCEPTIONS; i++) { // there is no start-up code that clears them
        taken[i] = acknowledge_at[i] = acknowledge_by[i] = 0;
    }
    for (uint32_t i = 0; i < access_count; i++) {
        if (!make(&accesses[i])) {
            stuck(i);
        }
    }
    done();
}
