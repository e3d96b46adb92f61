// memory.c: keeps words in pages that copies share until one of them writes.
// SPDX-License-Identifier: MIT
#include "memory.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE_WORDS = 32, PAGE_BYTES = 4 * PAGE_WORDS, FIRST_PAGES = 16 };

struct memory_page {
    unsigned users;
    uint32_t address;
    struct effort *effort;
    struct word words[PAGE_WORDS];
};

void memory_open(struct memory *memory)
{
    *memory = (struct memory){.count = 0};
}

static void release(struct memory_page *page)
{
    if (--page->users == 0) {
        effort_give(page->effort, sizeof *page);
        free(page);
    }
}

// Each place in a table of pages.
static void pay_for_places(struct memory *memory, size_t count)
{
    effort_take(memory->effort, count * sizeof(struct memory_page *));
}

void memory_close(struct memory *memory)
{
    effort_give(memory->effort, memory->count * sizeof(struct memory_page *));
    for (size_t i = 0; i < memory->count; i++) {
        release(memory->pages[i]);
    }
    free(memory->pages);
    memory_open(memory);
}

bool memory_copy(struct memory *copy, const struct memory *memory)
{
    memory_open(copy);
    copy->hash = memory->hash;
    copy->effort = memory->effort;
    if (memory->count == 0) {
        return true;
    }
    copy->pages = malloc(memory->count * sizeof(struct memory_page *));
    if (!copy->pages) {
        return false;
    }
    memcpy(copy->pages, memory->pages, memory->count * sizeof(struct memory_page *));
    copy->count = copy->room = memory->count;
    pay_for_places(copy, copy->count);
    for (size_t i = 0; i < copy->count; i++) {
        copy->pages[i]->users++;
    }
    return true;
}

// The place of the page for `address` in the table, or where it would be.
static size_t place_of(const struct memory *memory, uint32_t address)
{
    size_t low = 0, high = memory->count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (memory->pages[middle]->address < address) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static uint32_t page_address(uint32_t address)
{
    return address & ~(uint32_t)(PAGE_BYTES - 1);
}

static bool has_page(const struct memory *memory, size_t place, uint32_t page)
{
    return place < memory->count && memory->pages[place]->address == page;
}

const struct word *memory_word(const struct memory *memory, uint32_t address)
{
    size_t place = place_of(memory, page_address(address));

    if (!has_page(memory, place, page_address(address))) {
        return NULL;
    }
    const struct word *word = &memory->pages[place]->words[address % PAGE_BYTES / 4];
    return word->written ? word : NULL;
}

static bool make_room(struct memory *memory)
{
    size_t room = memory->room ? 2 * memory->room : FIRST_PAGES;

    if (memory->count < memory->room) {
        return true;
    }
    struct memory_page **pages = realloc(memory->pages, room * sizeof(struct memory_page *));
    if (!pages) {
        return false;
    }
    memory->pages = pages;
    memory->room = room;
    return true;
}

static struct memory_page *add_page(struct memory *memory, size_t place, uint32_t address)
{
    struct memory_page *page;

    if (!make_room(memory)) {
        return NULL;
    }
    page = calloc(1, sizeof *page);
    if (!page) {
        return NULL;
    }
    page->users = 1;
    page->address = address;
    page->effort = memory->effort;
    effort_take(page->effort, sizeof *page);
    pay_for_places(memory, 1);
    memmove(&memory->pages[place + 1], &memory->pages[place],
            (memory->count - place) * sizeof(struct memory_page *));
    memory->pages[place] = page;
    memory->count++;
    return page;
}

// The page at this place, which nobody else uses after it.
static struct memory_page *own_page(struct memory *memory, size_t place)
{
    struct memory_page *page = memory->pages[place];

    if (page->users == 1) {
        return page;
    }
    struct memory_page *copy = malloc(sizeof *copy);
    if (!copy) {
        return NULL;
    }
    memcpy(copy, page, sizeof *copy);
    effort_take(copy->effort, sizeof *copy);
    copy->users = 1;
    page->users--;
    memory->pages[place] = copy;
    return copy;
}

// Of a word at its place; 0 of one that was never written. All words are XORed together.
static uint32_t hash_word(uint32_t address, const struct word *word)
{
    const struct value *value = &word->value;
    uint32_t hash = address * 2654435761u;

    if (!word->written) {
        return 0;
    }
    hash = (hash ^ value->bits) * 16777619u ^ hash >> 15;
    hash = (hash ^ value->known) * 16777619u ^ hash >> 13;
    return (hash ^ value->from ^ value->offset ^ (uint32_t)value->source << 27) * 2246822519u;
}

bool memory_put(struct memory *memory, uint32_t address, const struct word *word)
{
    uint32_t start = page_address(address);
    size_t place = place_of(memory, start);
    struct memory_page *page =
        has_page(memory, place, start) ? own_page(memory, place) : add_page(memory, place, start);

    if (!page) {
        return false;
    }
    struct word *kept = &page->words[address % PAGE_BYTES / 4];
    memory->hash ^= hash_word(address, kept);
    *kept = *word;
    kept->written = true;
    memory->hash ^= hash_word(address, kept);
    return true;
}

void memory_forget(struct memory *memory, uint32_t first, uint32_t last)
{
    size_t kept = 0;

    for (size_t i = 0; i < memory->count; i++) {
        struct memory_page *page = memory->pages[i];
        if (page->address >= page_address(first) && page->address <= last) {
            release(page);
        } else {
            memory->pages[kept++] = page;
        }
    }
    effort_give(memory->effort, (memory->count - kept) * sizeof(struct memory_page *));
    memory->count = kept;
    memory->hash = memory->hash * 16777619u + 1;
}

const struct word *memory_next(const struct memory *memory, uint32_t *address)
{
    uint32_t word = *address % PAGE_BYTES / 4;

    for (size_t i = place_of(memory, page_address(*address)); i < memory->count; i++) {
        const struct memory_page *page = memory->pages[i];
        for (word = page->address == page_address(*address) ? word : 0; word < PAGE_WORDS; word++) {
            if (page->words[word].written) {
                *address = page->address + 4 * word;
                return &page->words[word];
            }
        }
    }
    return NULL;
}

static bool same_page(const struct memory_page *a, const struct memory_page *b)
{
    return a == b || memcmp(a->words, b->words, sizeof a->words) == 0;
}

// Words that only one of both has written are known of neither way.
static struct word join_words(const struct word *a, const struct word *b)
{
    struct word joined = a->written ? *a : *b;

    joined.value = value_unknown();
    if (a->written && b->written) {
        joined.value = value_join(&a->value, &b->value);
    }
    if (b->written && b->number > joined.number) {
        joined.number = b->number;
        joined.pc = b->pc;
    }
    return joined;
}

// Whether joining changes nothing of what is known of this word.
static bool stays(const struct word *mine, const struct word *theirs)
{
    static const struct value unknown = {.source = SOURCE_PLAIN};

    if (!mine->written) {
        return !theirs->written;
    }
    return value_equal(&mine->value, &unknown) ||
           (theirs->written && value_equal(&mine->value, &theirs->value));
}

// Joins a page of `into` with that of the other, or with nothing: NULL.
static bool join_page(struct memory *into, size_t place, const struct memory_page *other,
                      bool *changed)
{
    static const struct word none = {.written = false};

    for (size_t i = 0; i < PAGE_WORDS; i++) {
        const struct word *mine = &into->pages[place]->words[i];
        const struct word *theirs = other ? &other->words[i] : &none;
        if (stays(mine, theirs)) {
            continue;
        }
        struct word joined = join_words(mine, theirs);
        if (mine->written && value_equal(&mine->value, &joined.value)) {
            continue;
        }
        struct memory_page *page = own_page(into, place);
        if (!page) {
            return false;
        }
        page->words[i] = joined;
        *changed = true;
    }
    return true;
}

// The page of `other` at this place for this address; NULL: it has none.
static const struct memory_page *page_at(const struct memory *memory, size_t place,
                                         uint32_t address)
{
    return has_page(memory, place, address) ? memory->pages[place] : NULL;
}

bool memory_join(struct memory *into, const struct memory *other, bool *changed)
{
    size_t theirs = 0;

    into->hash = other->hash;
    for (size_t mine = 0; mine < into->count || theirs < other->count; mine++) {
        bool ends = mine == into->count;
        if (!ends && theirs < other->count && into->pages[mine] == other->pages[theirs]) {
            theirs++; // a page that both share
            continue;
        }
        uint32_t address = ends ? other->pages[theirs]->address : into->pages[mine]->address;
        if (theirs < other->count && other->pages[theirs]->address < address) {
            address = other->pages[theirs]->address;
        }
        const struct memory_page *page = page_at(other, theirs, address);
        theirs += page != NULL;
        if (!has_page(into, mine, address) && !add_page(into, mine, address)) {
            return false;
        }
        if (!(page && same_page(into->pages[mine], page)) &&
            !join_page(into, mine, page, changed)) {
            return false;
        }
    }
    return true;
}
