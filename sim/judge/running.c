// running.c: tells an application that runs from its start-up code.
// SPDX-License-Identifier: MIT
#include "running.h"

#include <stdlib.h>

enum { FIRST_ROOM = 16 };

static struct running_page *add_page(struct running *running, uint32_t start)
{
    if (running->count == running->room) {
        size_t room = running->room ? 2 * running->room : FIRST_ROOM;
        struct running_page *pages = realloc(running->pages, room * sizeof *pages);
        if (!pages) {
            return NULL;
        }
        running->pages = pages;
        running->room = room;
    }
    running->pages[running->count] = (struct running_page){.start = start};
    return &running->pages[running->count++];
}

// The latest first: start-up code goes through RAM page by page. NULL where memory has run out.
static struct running_page *page_of(struct running *running, uint32_t address)
{
    uint32_t start = address / RUNNING_PAGE * RUNNING_PAGE;

    for (size_t i = running->count; i > 0; i--) {
        if (running->pages[i - 1].start == start) {
            return &running->pages[i - 1];
        }
    }
    return add_page(running, start);
}

void running_store(struct running *running, uint32_t address, unsigned size)
{
    uint32_t last = (address + size - 1) / 4 * 4;

    for (uint32_t word = address / 4 * 4; !running->is_so && word <= last; word += 4) {
        struct running_page *page = page_of(running, word);
        uint32_t number = word % RUNNING_PAGE / 4, bit = 1u << number % 32;
        if (page && !(page->stored[number / 32] & bit)) {
            page->stored[number / 32] |= bit;
            running->words++;
        }
    }
}

static void on_ram_write(void *context, uint32_t address, unsigned size)
{
    running_store(context, address, size);
}

void running_open(struct running *running, struct chip *chip)
{
    *running = (struct running){
        .chip = chip, .observer = {.context = running, .ram_write = on_ram_write}, .is_so = true};
}

void running_close(struct running *running)
{
    free(running->pages);
    running->pages = NULL;
    running->count = running->room = 0;
}

void running_begin(struct running *running)
{
    if (running->is_so) {
        observers_add(running->chip, &running->observer); // there is room
    }
    running->is_so = false;
    running->began = running->chip->core.instructions;
    running->words = 0;
    running->count = 0;
}

uint64_t running_from(const struct running *running)
{
    return running->began + RUNNING_INSTRUCTIONS + RUNNING_PER_WORD * running->words + 1;
}

bool running_now(struct running *running)
{
    if (!running->is_so && running->chip->core.instructions >= running_from(running)) {
        running->is_so = true;
        observers_remove(running->chip, &running->observer);
    }
    return running->is_so;
}
