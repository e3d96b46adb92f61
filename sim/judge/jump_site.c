// jump_site.c: finds the function of the firmware that went to the ROM.
// SPDX-License-Identifier: MIT
#include "jump_site.h"

#include "function_code.h"
#include "register_names.h"

// Where a function loads MSP: it is the one that jumps.
static bool loads_msp(const struct image *image, const struct symbol *function, uint32_t *place)
{
    return function && code_writes(image, function, SPECIAL_MSP, place);
}

// LR tells where BLX has gone from. Before a BX it still has the return address of the function, or
// of the last one that this called.
static bool find_place(const struct image *image, const struct blame_jump *jump, uint32_t *place)
{
    uint32_t target;
    enum thumb_call call = code_call_before(image, jump->lr, &target);

    if (call == THUMB_CALL_POINTER) {
        *place = (jump->lr & ~1u) - 2;
        return true;
    }
    return (call == THUMB_CALL &&
            (loads_msp(image, image_function_at(image, target), place) ||
             loads_msp(image, image_function_at(image, (jump->lr & ~1u) - 4), place))) ||
           (jump->wrote && loads_msp(image, image_function_at(image, jump->last.site.pc), place));
}

bool jump_site_find(const struct image *image, const struct blame_jump *jump,
                    struct call_chain *chain)
{
    struct call_chain last;
    uint32_t place;
    size_t i = 0;

    *chain = (struct call_chain){.count = 0};
    if (!image || !find_place(image, jump, &place)) {
        return false;
    }
    chain->places[chain->count++] = place;
    const struct symbol *function = image_function_at(image, place);
    if (!function || !jump->wrote) {
        return true;
    }
    call_chain_find(image, &jump->last.site, &last);
    while (i < last.count && image_function_at(image, last.places[i]) != function) {
        i++;
    }
    while (i + 1 < last.count) { // those that called it
        chain->places[chain->count++] = last.places[++i];
    }
    return true;
}

bool jump_site_used_new_stack(const struct image *image, uint32_t lr, uint32_t *place)
{
    uint32_t target;

    if (code_call_before(image, lr, &target) != THUMB_CALL_POINTER) {
        return false;
    }
    const struct symbol *function = image_function_at(image, lr);
    if (!loads_msp(image, function, place) || *place > lr) {
        return false;
    }
    return code_loads_by_sp(image, *place + 4, lr & ~1u);
}
