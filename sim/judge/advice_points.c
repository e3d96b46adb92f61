// advice_points.c: says of a point what was wrong, who did it, and what to change.
// SPDX-License-Identifier: MIT
#include "advice_points.h"

#include "function_code.h"
#include "jump_site.h"
#include "text_draft.h"

#include <string.h>

enum { TEXT = 1600, CPSID_I = 0xB672, CPSID_F = 0xB671 };

// One point, while its advice is written.
struct draft {
    const struct advice_run *run;
    const struct blame_point *point;
    struct call_chain jump; // where the firmware went to the ROM; empty where nothing tells it
    char text[TEXT];
    struct text_draft out; // where it is written: in `text`
};

static const struct symbol *function_at(const struct draft *draft, uint32_t address)
{
    return draft->run->image ? image_function_at(draft->run->image, address) : NULL;
}

// A register of the core is on no bus, so nobody saw the write: the instruction is looked for where
// the jump is made, and in the functions that called that.
static bool find_special(const struct draft *draft, uint32_t address, struct call_chain *chain)
{
    unsigned number = (unsigned)(address - register_special(0));

    for (size_t i = 0; i < draft->jump.count; i++) {
        const struct symbol *function = function_at(draft, draft->jump.places[i]);
        const struct image *image = draft->run->image;
        uint32_t place;
        if (function &&
            (code_writes(image, function, number, &place) ||
             (number == SPECIAL_PRIMASK && code_has(image, function, CPSID_I, &place)) ||
             (number == SPECIAL_FAULTMASK && code_has(image, function, CPSID_F, &place)))) {
            *chain = (struct call_chain){.places = {place}, .count = 1};
            while (++i < draft->jump.count) {
                chain->places[chain->count++] = draft->jump.places[i];
            }
            return true;
        }
    }
    return false;
}

// The code that a cause is about, and the calls that led there; empty where nothing tells it.
static void find_code(const struct draft *draft, size_t i, struct call_chain *chain)
{
    const struct cause *cause = &draft->point->causes.list[i];

    *chain = (struct call_chain){.count = 0};
    if (draft->point->written[i]) {
        call_chain_find(draft->run->image, &draft->point->writers[i].site, chain);
    } else if (cause->address >= register_special(0)) {
        find_special(draft, cause->address, chain);
    } else if (!cause->address && cause->place) {
        *chain = (struct call_chain){.places = {cause->place}, .count = 1};
    } else if (!cause->address) {
        *chain = draft->jump;
    }
    // Functions of headers are CMSIS', most often: those that called them say more.
    while (chain->count > 1 && places_in_header(draft->run->places, chain->places[0])) {
        chain->count--;
        memmove(chain->places, chain->places + 1, chain->count * sizeof chain->places[0]);
    }
}

// " (SYST_CSR.ENABLE)", " (RCC_CR: HSEON, PLLON)"; without the name where the sentence has it.
static void say_register(struct draft *draft, const struct cause *cause)
{
    const struct chip *chip = draft->run->watcher->chip;
    char name[REGISTER_NAME_ROOM], bits[REGISTER_BITS_ROOM];

    register_name(chip, cause->address, name);
    register_bit_names(chip, cause->address, cause->bits, bits);
    if (strstr(cause->so, name)) {
        text_say(&draft->out, bits[0] ? " (%s)" : "%s", bits);
    } else if (!bits[0]) {
        text_say(&draft->out, " (%s)", name);
    } else {
        text_say(&draft->out, " (%s%s%s)", name, strpbrk(bits, " ,") ? ": " : ".", bits);
    }
}

// Whether the code was called by the function that jumps, or is in it, and how many calls are
// between the two.
static bool is_under_jump(const struct draft *draft, const struct call_chain *chain, size_t *calls)
{
    const struct symbol *jumper =
        draft->jump.count ? function_at(draft, draft->jump.places[0]) : NULL;

    for (*calls = 0; jumper && *calls < chain->count; (*calls)++) {
        if (function_at(draft, chain->places[*calls]) == jumper) {
            return true;
        }
    }
    *calls = 0;
    return false;
}

// "HAL_InitTick() wrote it last, called by HAL_RCC_DeInit()." What the jump's function called
// itself is a HAL's function, most often, and told with the cure too.
static void say_who(struct draft *draft, const struct cause *cause, const struct call_chain *chain)
{
    struct places *places = draft->run->places;
    char name[IMAGE_NAME_ROOM], caller[IMAGE_NAME_ROOM] = "";
    size_t calls;
    bool under = is_under_jump(draft, chain, &calls);

    if (chain->count == 0 || !cause->address) {
        return;
    }
    places_function(places, chain->places[0], name);
    if (under && calls > 1) {
        places_symbol(places, chain->places[calls - 1], caller);
    } else if (!under && chain->count > 1) {
        places_function(places, chain->places[1], caller);
    }
    if (name[0]) {
        text_say(&draft->out, " %s() wrote it last%s%s%s.", name, caller[0] ? ", called by " : "",
                 caller, caller[0] ? "()" : "");
    }
}

// "before the jump", or after a call that has undone what was right before.
static void say_when(struct draft *draft, const struct call_chain *chain)
{
    struct places *places = draft->run->places;
    char jumper[IMAGE_NAME_ROOM] = "", called[IMAGE_NAME_ROOM];
    size_t calls;

    is_under_jump(draft, chain, &calls);

    if (draft->jump.count) {
        places_function(places, draft->jump.places[0], jumper);
    }
    if (calls) {
        places_symbol(places, chain->places[calls - 1], called);
        text_say(&draft->out, " after the call of %s() in %s()", called, jumper);
    } else if (jumper[0]) {
        text_say(&draft->out, " in %s(), before the jump", jumper);
    } else {
        text_say(&draft->out, " before the jump");
    }
}

static void say_cause(struct draft *draft, const struct cause *cause,
                      const struct call_chain *chain)
{
    text_say(&draft->out, "%s%s", draft->text[0] ? " " : "", cause->so);
    if (cause->address) {
        say_register(draft, cause);
    }
    text_say(&draft->out, ".");
    say_who(draft, cause, chain);
    if (cause->cure[0]) {
        text_say(&draft->out, " %s", cause->cure);
        if (cause->before_jump) {
            say_when(draft, chain);
        }
        text_say(&draft->out, "%s%s.", cause->why ? ": " : "", cause->why ? cause->why : "");
    }
}

static void say_rest(struct draft *draft)
{
    const struct causes *causes = &draft->point->causes;
    bool or_reset = false;

    for (size_t i = 0; i < causes->count; i++) {
        or_reset |= causes->list[i].or_reset;
    }
    if (causes->left_out) {
        text_say(&draft->out, " And %zu more.", causes->left_out);
    }
    if (or_reset) {
        text_say(&draft->out,
                 " Or enter through a reset, which cures all of it: bootleap_enter().");
    }
}

// Register, bits, the code and its callers.
static void put_cause(const struct draft *draft, const struct cause *cause,
                      const struct call_chain *chain, json_t *object)
{
    const struct chip *chip = draft->run->watcher->chip;
    char name[REGISTER_NAME_ROOM], bits[REGISTER_BITS_ROOM];

    if (cause->address) {
        register_name(chip, cause->address, name);
        register_bit_names(chip, cause->address, cause->bits, bits);
        json_object_set_new(object, "register", json_string(name));
        json_object_set_new(object, "bits", json_string(bits));
    }
    if (chain->count) {
        json_t *places = json_array();
        for (size_t i = 0; i < chain->count; i++) {
            json_t *list = places_list(draft->run->places, chain->places[i]);
            json_array_extend(places, list);
            json_decref(list);
        }
        json_object_update(object, json_array_get(places, 0));
        json_array_remove(places, 0);
        json_object_set_new(object, "callers", places);
    }
}

json_t *advice_of_point(const struct advice_run *run, int number)
{
    const struct contract_row *row = &contract_rows[number - 1];
    struct draft draft = {.run = run, .point = &run->blame->points[number - 1]};
    json_t *advice = json_pack("{s:s}", "about", row->id), *also = json_array();

    draft.out = (struct text_draft){draft.text, sizeof draft.text};
    jump_site_find(run->image, &run->blame->jumps[number - 1], &draft.jump);
    for (size_t i = 0; i < draft.point->causes.count; i++) {
        const struct cause *cause = &draft.point->causes.list[i];
        json_t *object = i ? json_object() : json_incref(advice);
        struct call_chain chain;
        find_code(&draft, i, &chain);
        say_cause(&draft, cause, &chain);
        put_cause(&draft, cause, &chain, object);
        if (i) {
            json_array_append(also, object);
        }
        json_decref(object);
    }
    say_rest(&draft);
    json_object_set_new(advice, "text", json_string(draft.text));
    json_object_set_new(advice, "document", json_string(row->document));
    if (json_array_size(also)) {
        json_object_set(advice, "also", also);
    }
    json_decref(also);
    return advice;
}
