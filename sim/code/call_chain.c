// call_chain.c: finds who had called the function of a place.
// SPDX-License-Identifier: MIT
//
// No unwind tables are needed: how far a function has moved SP, and where it has put its return
// address, is told by its own first instructions. Where these tell nothing, the next word of the
// stack counts that lies behind a call of this function.
#include "call_chain.h"

#include "function_code.h"

// Which words of the stack are left, and in which function the walk is.
struct walk {
    const struct image *image;
    const struct call_site *site;
    const struct symbol *function;
    uint32_t pc;
    uint32_t sp; // offset from the SP of the site
    bool sure;   // ... and that is right
};

// Whether this return address is behind a call of the function, or of one that branches to it.
static bool leads_here(const struct walk *walk, uint32_t value)
{
    uint32_t target;
    enum thumb_call call = code_call_before(walk->image, value, &target);
    const struct symbol *called =
        call == THUMB_CALL ? image_function_at(walk->image, target) : NULL;

    return called && (called == walk->function ||
                      code_branch_to(walk->image, called, walk->function->address));
}

// Whether LR has the return address of the function: start-up code, which returns to nobody, leaves
// there what the last of its calls has left.
static bool lr_leads_here(const struct walk *walk)
{
    uint32_t target, lr = walk->site->lr;

    return leads_here(walk, lr) ||
           (code_call_before(walk->image, lr, &target) == THUMB_CALL_POINTER &&
            image_function_at(walk->image, lr) != walk->function);
}

// The function's return address by what its first instructions did; 0 where they do not tell.
static uint32_t return_by_frame(struct walk *walk)
{
    struct thumb_frame frame = code_frame(walk->image, walk->function, walk->pc);
    uint32_t place = walk->sp + frame.down - frame.returned;
    bool first = walk->pc == walk->site->pc;

    if (!walk->sure || frame.unknown) {
        return 0;
    }
    if (!frame.has_return) { // LR still has it, if it was not called by a function without frame
        walk->sp += frame.down;
        return first && lr_leads_here(walk) ? walk->site->lr : 0;
    }
    for (size_t i = 0; i < walk->site->words_used; i++) {
        if (walk->site->words[i].offset == place) {
            walk->sp += frame.down;
            return walk->site->words[i].value;
        }
    }
    return 0;
}

// The next word of the stack that leads to the function; 0: none.
static uint32_t return_by_search(struct walk *walk)
{
    walk->sure = false;
    for (size_t i = 0; i < walk->site->words_used; i++) {
        const struct call_site_word *word = &walk->site->words[i];
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
    enum thumb_call call = code_call_before(walk->image, value, &target);
    const struct symbol *called =
        call == THUMB_CALL ? image_function_at(walk->image, target) : NULL;

    if (called && called != walk->function) {
        branch = code_branch_to(walk->image, called, walk->function->address);
    }
    if (branch) {
        add(chain, branch);
    }
    walk->pc = (value & ~1u) - (call == THUMB_CALL ? 4 : 2);
    walk->function = image_function_at(walk->image, walk->pc);
    add(chain, walk->pc);
}

void call_chain_find(const struct image *image, const struct call_site *site,
                     struct call_chain *chain)
{
    struct walk walk = {.image = image, .site = site, .pc = site->pc, .sure = true};

    *chain = (struct call_chain){.places = {site->pc}, .count = 1};
    walk.function = image ? image_function_at(image, site->pc) : NULL;
    while (walk.function && chain->count < CALL_CHAIN_MOST) {
        uint32_t value = return_by_frame(&walk);
        value = value ? value : return_by_search(&walk);
        if (!value) {
            break;
        }
        add_caller(&walk, chain, value);
    }
}
