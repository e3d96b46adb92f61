// access.c: loads and stores of a state: RAM, flash, peripherals, stacks.
// SPDX-License-Identifier: MIT
#include "access.h"

#include "registers.h"
#include "rom_stack.h"

enum { WIDEST_STORE = 0x1000, ALIAS_END = 0x1000, PENDSV = 14 };

// Where a pointer points to: a number, or one of the addresses that no chip has.
static bool place_of(const struct state *state, const struct value *pointer, uint32_t *address)
{
    const struct value *msp = &state->core.msp;

    if (value_is_number(pointer)) {
        *address = pointer->bits;
        return true;
    }
    if ((pointer->source == SOURCE_ROM_WORD || pointer->source == SOURCE_POINTED) &&
        pointer->source == msp->source && pointer->from == msp->from) {
        // What is around the stack pointer, and not around the word: tables are small.
        *address = ROM_STACK + pointer->offset;
        return true;
    }
    return false;
}

static bool is_rom_stack(uint32_t address)
{
    return address > ROM_STACK - STACK_ROOM && address < ROM_STACK + STACK_ROOM;
}

static bool is_found_stack(uint32_t address)
{
    return address > FOUND_STACK - STACK_ROOM && address < FOUND_STACK + STACK_ROOM;
}

static struct value part_of(const struct value *word, uint32_t address, unsigned bytes)
{
    return bytes == 4 ? *word : value_extract(word, 8 * (address & 3), 8 * bytes, false);
}

// Whether it is of two words.
static bool straddles(uint32_t address, unsigned bytes)
{
    return (address & 3) + bytes > 4;
}

static struct value narrow_unknown(unsigned bytes)
{
    struct value value = value_unknown();

    return bytes == 4 ? value : value_extract(&value, 0, 8 * bytes, false);
}

// With an alias at 0: the ROM's table there, or the program's own.
static struct value load_alias(const struct walker *walker, const struct state *state,
                               uint32_t address, unsigned bytes)
{
    const struct walk_chip *chip = walker->chip;
    const struct value *remap = &state->core.remap;
    uint32_t number;
    bool decided =
        chip->remap_register ? (remap->known & chip->remap_mask) == chip->remap_mask : true;
    bool to_rom = decided && chip->remap_register &&
                  (remap->bits & chip->remap_mask) == chip->remap_system_memory;

    if (to_rom && bytes == 4) {
        return value_from(SOURCE_ROM_WORD, address, 0);
    }
    if (decided && !to_rom && walker->firmware->has_vectors &&
        code_map_constant(&walker->firmware->map, walker->firmware->vectors + address, bytes,
                          &number)) {
        return value_number(number);
    }
    return narrow_unknown(bytes);
}

static struct value load_number(const struct walker *walker, const struct state *state,
                                uint32_t address, unsigned bytes)
{
    const struct word *word = memory_word(&state->memory, address & ~UINT32_C(3));
    bool peripheral = address_is_peripheral(address);
    struct value read;
    uint32_t number;

    if (straddles(address, bytes) && (peripheral || address_is_ram(address))) {
        return narrow_unknown(bytes);
    }
    if (peripheral) {
        read = registers_load(walker, state, address & ~UINT32_C(3));
        return part_of(&read, address, bytes);
    }
    if (word && !straddles(address, bytes)) {
        return part_of(&word->value, address, bytes);
    }
    if (is_rom_stack(address)) {
        return bytes == 4 ? value_from(SOURCE_NEW_STACK, state->pc, 0) : narrow_unknown(bytes);
    }
    if (walker_is_rom(walker, address)) {
        return bytes == 4 ? value_from(SOURCE_ROM_WORD, address, 0) : narrow_unknown(bytes);
    }
    if (code_map_constant(&walker->firmware->map, address, bytes, &number)) {
        return value_number(number);
    }
    if (address < ALIAS_END && walker->chip->alias) {
        return load_alias(walker, state, address, bytes);
    }
    if (address_is_ram(address)) {
        read = value_from(SOURCE_RAM, address & ~UINT32_C(3), 0);
        return part_of(&read, address, bytes);
    }
    return narrow_unknown(bytes);
}

static void tell_watch(const struct walker *walker, const struct state *state, uint32_t address)
{
    const struct watch *watch = walker->watch;

    for (size_t i = 0; watch && i < watch->count; i++) {
        if (watch->addresses[i] == (address & ~UINT32_C(3))) {
            watch->visit(watch->context, watch->addresses[i], state->pc, state->events,
                         &state->core.sp);
        }
    }
}

bool access_load(struct walker *walker, struct state *state, const struct value *address,
                 unsigned bytes, struct value *value)
{
    uint32_t place;

    if (place_of(state, address, &place)) {
        tell_watch(walker, state, place);
        *value = load_number(walker, state, place, bytes);
        state->read_rom |= value->source == SOURCE_ROM_WORD;
        return true;
    }
    *value = narrow_unknown(bytes);
    if (bytes == 4 && address->source == SOURCE_POINTER) {
        *value = value_from(SOURCE_POINTED, address->from, address->offset);
    } else if (bytes == 4 && address->source == SOURCE_RAM && address->from % 4 == 0) {
        *value = value_from(SOURCE_POINTED, address->from | 1, address->offset);
    } else if (bytes == 4 && address->source == SOURCE_NEW_STACK) {
        *value = value_from(SOURCE_NEW_STACK, address->from, 0);
    }
    return true;
}

// The word after a store to some of its bytes.
static struct value with_bytes(const struct value *old, uint32_t address, const struct value *value,
                               unsigned bytes)
{
    return bytes == 4 ? *value : value_insert(old, value, 8 * (address & 3), 8 * bytes);
}

static bool is_watched(const struct walker *walker, uint32_t address)
{
    for (size_t i = 0; walker->watch && i < walker->watch->count; i++) {
        if (walker->watch->addresses[i] == address) {
            return true;
        }
    }
    return false;
}

static bool store_ram(struct walker *walker, struct state *state, uint32_t address,
                      const struct value *value, unsigned bytes, bool certain)
{
    uint32_t at = address & ~UINT32_C(3);
    const struct word *word = memory_word(&state->memory, at);
    struct value old = word ? word->value : value_unknown();
    struct word changed = {.value = with_bytes(&old, address, value, bytes),
                           .pc = state->pc,
                           .number = state->event_count};

    if (!certain) {
        changed.value = value_join(&old, &changed.value);
    }
    if (!memory_put(&state->memory, at, &changed)) {
        return false;
    }
    return !is_watched(walker, at) || walker_event(walker, state,
                                                   &(struct event){.kind = EVENT_RAM,
                                                                   .pc = state->pc,
                                                                   .address = at,
                                                                   .value = changed.value});
}

static bool store_peripheral(struct walker *walker, struct state *state, uint32_t address,
                             const struct value *value, unsigned bytes, bool certain)
{
    uint32_t at = address & ~UINT32_C(3);
    struct value old = bytes == 4 ? *value : registers_load(walker, state, at);
    struct value word = with_bytes(&old, address, value, bytes);

    return registers_store(walker, state, at, &word, certain);
}

// A store through a pointer of which some bits are known changes one of the words that it can be.
static bool store_somewhere(struct walker *walker, struct state *state, const struct value *address,
                            const struct value *value)
{
    struct value unknown = value_unknown();
    uint32_t first = value_least(address), last = value_most(address);

    if (last - first >= WIDEST_STORE) {
        return true; // nearly nothing is known: see docs/check.md
    }
    if (address_is_peripheral(first)) {
        return registers_store_somewhere(walker, state, address, value);
    }
    uint32_t at = first & ~UINT32_C(3);
    for (const struct word *word = memory_next(&state->memory, &at); word && at <= last;
         word = memory_next(&state->memory, &at)) {
        if (!store_ram(walker, state, at, &unknown, 4, true)) {
            return false;
        }
        at += 4;
    }
    return true;
}

static void count_store(struct state *state, uint32_t word)
{
    state->stores += word != state->stored || !word;
    state->stored = word;
}

// Of one word.
static bool store_at(struct walker *walker, struct state *state, uint32_t place,
                     const struct value *value, unsigned bytes, bool certain)
{
    if (address_is_peripheral(place)) {
        bool pends = place == SCB_ICSR && value->bits & ICSR_PENDSVSET;
        return store_peripheral(walker, state, place, value, bytes, certain) &&
               (!pends || walker_exception(walker, state, PENDSV));
    }
    if (is_rom_stack(place)) { // that stack may be where the program's variables are
        rom_stack_forget(walker->chip, &state->memory, ROM_STACK - place);
    }
    if (!address_is_ram(place) && !is_rom_stack(place) && !is_found_stack(place)) {
        return true; // flash, or nothing
    }
    return store_ram(walker, state, place, value, bytes, certain);
}

bool access_store(struct walker *walker, struct state *state, const struct value *address,
                  const struct value *value, unsigned bytes, bool certain)
{
    uint32_t place = 0;
    bool is_known = place_of(state, address, &place);
    struct value unknown = value_unknown();

    count_store(state, place & ~UINT32_C(3));
    if (!is_known) {
        return store_somewhere(walker, state, address, value);
    }
    if (!straddles(place, bytes)) {
        return store_at(walker, state, place, value, bytes, certain);
    }
    // Of each word a part changes: nobody knows more.
    if (!store_at(walker, state, place & ~UINT32_C(3), &unknown, 4, certain)) {
        return false;
    }
    count_store(state, (place | 3) + 1);
    return store_at(walker, state, (place | 3) + 1, &unknown, 4, certain);
}

bool access_note_stack(struct walker *walker, struct state *state, const struct value *address)
{
    if (address->source != SOURCE_ROM_WORD && address->source != SOURCE_POINTED) {
        return true;
    }
    return walker_event(walker, state, &(struct event){.kind = EVENT_NEW_STACK, .pc = state->pc});
}
