// call_chain.c: finds who had called the function that wrote a register.
// SPDX-License-Identifier: MIT
//
// No unwind tables are needed: how far a function has moved SP, and where it has put its return
// address, is told by its own first instructions. Where these tell nothing, the next word of the
// stack counts that lies behind a call of this function.
#include "call_chain.h"

#include "thumb_call.h"

// Which words of the stack are left, and in which function the walk is.
struct walk {
    const struct image *image;
    const struct writer *writer;
    const struct symbol *function;
    uint32_t pc;
    uint32_t sp; // offset from the writer's SP
    bool sure;   // ... and that is right
};

static uint16_t halfword(const struct image *image, uint32_t address)
{
    uint8_t bytes[2] = {0, 0};

    image_read(image, address, sizeof bytes, bytes);
    return (uint16_t)(bytes[0] | bytes[1] << 8);
}

static uint32_t end_of(const struct symbol *function)
{
    return function->address + (function->size ? function->size : function->room);
}

// How the function has moved SP before `pc`.
static struct thumb_frame frame_at(const struct image *image, const struct symbol *function,
                                   uint32_t pc)
{
    struct thumb_frame frame = {0};
    uint32_t at = function->address;

    while (at < pc) {
        uint16_t first = halfword(image, at);
        thumb_frame_step(&frame, first, halfword(image, at + 2));
        at += thumb_bytes(first);
    }
    return frame;
}

// Where a function branches to another for good, as the last call of one often does; 0: nowhere.
static uint32_t last_call(const struct image *image, const struct symbol *function, uint32_t wanted)
{
    uint32_t at = function->address, target;

    while (at < end_of(function)) {
        uint16_t first = halfword(image, at);
        if (thumb_branch(at, first, halfword(image, at + 2), &target) && target == wanted) {
            return at;
        }
        at += thumb_bytes(first);
    }
    return 0;
}

static enum thumb_call call_at(const struct walk *walk, uint32_t value, uint32_t *target)
{
    uint32_t address = value & ~1u;

    if (!(value & 1u)) {
        return THUMB_NO_CALL;
    }
    return thumb_call_before(value, halfword(walk->image, address - 4),
                             halfword(walk->image, address - 2), target);
}

// Whether this return address is behind a call of the function, or of one that branches to it.
static bool leads_here(const struct walk *walk, uint32_t value)
{
    uint32_t target;
    enum thumb_call call = call_at(walk, value, &target);
    const struct symbol *called =
        call == THUMB_CALL ? image_function_at(walk->image, target) : NULL;

    return called &&
           (called == walk->function || last_call(walk->image, called, walk->function->address));
}

// The function's return address by what its first instructions did; 0 where they do not tell.
static uint32_t return_by_frame(struct walk *walk)
{
    struct thumb_frame frame = frame_at(walk->image, walk->function, walk->pc);
    uint32_t target, place = walk->sp + frame.down - frame.returned;
    bool first = walk->pc == walk->writer->pc;

    if (!walk->sure || frame.unknown) {
        return 0;
    }
    if (!frame.has_return) { // LR still has it, if it was not called by a function without frame
        walk->sp += frame.down;
        return first && call_at(walk, walk->writer->lr, &target) ? walk->writer->lr : 0;
    }
    for (size_t i = 0; i < walk->writer->words_used; i++) {
        if (walk->writer->words[i].offset == place) {
            walk->sp += frame.down;
            return walk->writer->words[i].value;
        }
    }
    return 0;
}

// The next word of the stack that leads to the function; 0: none.
static uint32_t return_by_search(struct walk *walk)
{
    walk->sure = false;
    for (size_t i = 0; i < walk->writer->words_used; i++) {
        const struct writer_word *word = &walk->writer->words[i];
        if (word->offset >= walk->sp && leads_here(walk, word->value)) {
            walk->sp = word->offset + 4;
            return word->value;
        }
    }
    return 0;
}

static void add(struct call_chain *chain, uint32_t place)
{
    if (chain->count < CALL_CHAIN_MOST) {
        chain->places[chain->count++] = place;
    }
}

// The caller that this return address tells, and one between that branched to the function.
static void add_caller(struct walk *walk, struct call_chain *chain, uint32_t value)
{
    uint32_t target, branch = 0;
    enum thumb_call call = call_at(walk, value, &target);
    const struct symbol *called =
        call == THUMB_CALL ? image_function_at(walk->image, target) : NULL;

    if (called && called != walk->function) {
        branch = last_call(walk->image, called, walk->function->address);
    }
    if (branch) {
        add(chain, branch);
    }
    walk->pc = (value & ~1u) - (call == THUMB_CALL ? 4 : 2);
    walk->function = image_function_at(walk->image, walk->pc);
    add(chain, walk->pc);
}

void call_chain_find(const struct image *image, const struct writer *writer,
                     struct call_chain *chain)
{
    struct walk walk = {.image = image, .writer = writer, .pc = writer->pc, .sure = true};

    *chain = (struct call_chain){.places = {writer->pc}, .count = 1};
    walk.function = image ? image_function_at(image, writer->pc) : NULL;
    while (walk.function && chain->count < CALL_CHAIN_MOST) {
        uint32_t value = return_by_frame(&walk);
        value = value ? value : return_by_search(&walk);
        if (!value) {
            break;
        }
        add_caller(&walk, chain, value);
    }
}

bool call_chain_writes(const struct image *image, const struct symbol *function, unsigned number,
                       uint32_t *place)
{
    bool found = false;
    unsigned written;

    for (uint32_t at = function->address; at < end_of(function);
         at += thumb_bytes(halfword(image, at))) {
        if (thumb_is_msr(halfword(image, at), halfword(image, at + 2), &written) &&
            written == number) {
            *place = at;
            found = true;
        }
    }
    return found;
}

bool call_chain_has(const struct image *image, const struct symbol *function, uint16_t code,
                    uint32_t *place)
{
    bool found = false;

    for (uint32_t at = function->address; at < end_of(function);
         at += thumb_bytes(halfword(image, at))) {
        if (halfword(image, at) == code) {
            *place = at;
            found = true;
        }
    }
    return found;
}
