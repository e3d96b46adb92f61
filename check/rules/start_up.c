// start_up.c: watches start-up code from the reset to the first read of a request.
// SPDX-License-Identifier: MIT
#include "start_up.h"

#include "walk_run.h"

static struct start_up_word *find(struct start_up *start_up, uint32_t address)
{
    for (size_t i = 0; i < start_up->count; i++) {
        if (start_up->words[i].address == (address & ~3u)) {
            return &start_up->words[i];
        }
    }
    return NULL;
}

const struct start_up_word *start_up_word(const struct start_up *start_up, uint32_t address)
{
    for (size_t i = 0; start_up && i < start_up->count; i++) {
        if (start_up->words[i].address == (address & ~3u)) {
            return &start_up->words[i];
        }
    }
    return NULL;
}

static void add(struct start_up *start_up, uint32_t address)
{
    if (address_is_ram(address) && !find(start_up, address) && start_up->count < START_UP_WORDS) {
        start_up->words[start_up->count++] =
            (struct start_up_word){.address = address & ~3u, .sp = UINT32_MAX};
    }
}

static void add_all(struct start_up *start_up, const struct walk *walk)
{
    struct request request;

    if (start_up->bootleap.found) {
        add(start_up, start_up->bootleap.mark);
    }
    for (size_t i = 0; i < walk->entry_count; i++) {
        const struct rom_entry *entry = &walk->entries[i];
        if (request_of_entry(walk, entry, &start_up->bootleap, &request)) {
            add(start_up, request.address);
        }
    }
    for (size_t i = 0; i < walk->reset_count; i++) {
        for (size_t k = 0; request_of_site(walk->firmware, &walk->resets[i], k, &request); k++) {
            add(start_up, request.address);
        }
    }
}

// Whether this way has read the word before: only the first read counts.
static bool has_read(const struct start_up_word *word, const struct event *events)
{
    const struct event *event = events;

    for (;;) {
        for (unsigned i = 0; i < word->read_count; i++) {
            if (word->reads[i] == event) {
                return true;
            }
        }
        if (!event) {
            return false;
        }
        event = event->before;
    }
}

// A loop that was left without an end in sight, or a call that was not followed, may have written
// any word: only a store that came later says more.
static bool is_unsure(const struct event *event)
{
    return event->kind == EVENT_WIDENED || event->kind == EVENT_UNKNOWN;
}

static void count(struct start_up_word *word, const struct event *events)
{
    const struct event *unsure = NULL;

    for (const struct event *event = events; event; event = event->before) {
        if (event->kind == EVENT_RAM && event->address == word->address) {
            word->written++;
            word->pc = event->pc;
            word->value = event->value;
            return;
        }
        if (!unsure && is_unsure(event)) {
            unsure = event;
        }
    }
    if (!unsure) {
        word->kept++;
        return;
    }
    word->unsure++;
    if (!word->written) {
        word->pc = unsure->pc;
    }
}

static void visit(void *context, uint32_t address, uint32_t pc, const struct event *events,
                  const struct value *sp)
{
    struct start_up_word *word = find(context, address);

    (void)pc;
    if (!word || word->read_count == START_UP_READS || has_read(word, events)) {
        return;
    }
    word->reads[word->read_count++] = events;
    if (value_is_number(sp) && sp->bits < word->sp) {
        word->sp = sp->bits;
    }
    count(word, events);
}

// A way that was not walked to its end.
static void left(void *context, const struct event *events)
{
    struct start_up *start_up = context;

    for (size_t i = 0; i < start_up->count; i++) {
        start_up->words[i].unfinished |= !has_read(&start_up->words[i], events);
    }
}

static void reach(void *context, uint32_t address, uint32_t pc, const struct event *events,
                  const struct value *sp)
{
    struct start_up_word *word = find(context, address);

    (void)pc;
    (void)events;
    (void)sp;
    if (word) {
        word->is_reached = true;
    }
}

static void happened(void *context, const struct event *event)
{
    struct start_up *start_up = context;
    struct start_up_word *word = event->kind == EVENT_RAM ? find(start_up, event->address) : NULL;

    if (word && !word->first_pc) {
        word->first_pc = event->pc;
    }
    start_up_vectors_event(&start_up->vectors, start_up->walk, event);
}

// Where loops over all of RAM take all steps, one more walk that leaves them early tells what is
// read at all, and what comes before the first interrupt.
static int run_in_short(struct start_up *start_up, struct watch *watch, struct problem *problem)
{
    bool finished = false;

    start_up->vectors = (struct start_up_vectors){.set = 0};
    watch->in_short = true;
    watch->visit = reach;
    watch->left = NULL;
    int error = walk_watch(start_up->walk, watch, &finished, problem);
    start_up->vectors.unfinished = !finished;
    for (size_t i = 0; i < start_up->count; i++) {
        struct start_up_word *word = &start_up->words[i];
        bool unseen = word->is_reached && word->kept + word->written + word->unsure == 0;
        word->unfinished = finished ? word->is_reached && (word->unfinished || unseen) : true;
    }
    return error;
}

int start_up_run(struct start_up *start_up, const struct walk *walk, struct problem *problem)
{
    uint32_t addresses[START_UP_WORDS];

    *start_up = (struct start_up){.walk = walk, .bootleap = bootleap_image_find(walk->firmware)};
    add_all(start_up, walk);
    for (size_t i = 0; i < start_up->count; i++) {
        addresses[i] = start_up->words[i].address;
    }
    struct watch watch = {.addresses = addresses,
                          .count = start_up->count,
                          .visit = visit,
                          .left = left,
                          .happened = happened,
                          .context = start_up};
    bool finished = false;
    int error = walk_watch(walk, &watch, &finished, problem);

    return error || finished ? error : run_in_short(start_up, &watch, problem);
}

static bool is_read(const struct start_up_word *word)
{
    return word && word->kept + word->written + word->unsure > 0;
}

static bool find_read(const struct start_up *start_up, struct request *request)
{
    const struct walk *walk = start_up->walk;

    for (size_t i = 0; i < walk->reset_count; i++) {
        for (size_t k = 0; request_of_site(walk->firmware, &walk->resets[i], k, request); k++) {
            if (request_is_on_purpose(walk->firmware, request) &&
                is_read(start_up_word(start_up, request->address))) {
                return true;
            }
        }
    }
    return false;
}

bool start_up_reads_mark(const struct start_up *start_up)
{
    const struct walk *walk = start_up->walk;

    if (!start_up->bootleap.found) {
        return false;
    }
    if (address_is_ram(start_up->bootleap.mark)) {
        return is_read(start_up_word(start_up, start_up->bootleap.mark));
    }
    for (size_t i = 0; i < walk->entry_count; i++) {
        if (walk->entries[i].origin == ORIGIN_RESET &&
            bootleap_image_departs(&start_up->bootleap, walk->firmware, walk->entries[i].pc)) {
            return true;
        }
    }
    return false;
}

// What nobody stores, or a small number, and start-up code writes, is a variable like others.
static bool is_variable(const struct start_up *start_up, const struct request *request)
{
    const struct start_up_word *word = start_up_word(start_up, request->address);

    return (!request->stored || request_is_small(request)) && !request->is_mark && word &&
           word->written;
}

bool start_up_request(const struct start_up *start_up, const struct rom_entry *entry,
                      struct request *request)
{
    if (request_of_entry(start_up->walk, entry, &start_up->bootleap, request)) {
        return request->is_mark ? start_up_reads_mark(start_up) : !is_variable(start_up, request);
    }
    return entry->origin == ORIGIN_RESET && find_read(start_up, request);
}
