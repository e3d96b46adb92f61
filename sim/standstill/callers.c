// callers.c: finds who called the function that runs, on its stack.
// SPDX-License-Identifier: MIT
//
// No unwind tables are read, which few firmwares keep. A word of the stack counts only if the
// instruction before the address that it holds calls the function that is asked for.
#include "callers.h"

#include "exception_frame.h"
#include "image_symbols.h"
#include "thumb_call.h"

enum {
    DEEPEST = 512,     // words of the stack that are looked at
    NEAR = 64,         // ... for an EXC_RETURN
    CALL_BYTES = 4,    // of BL
    POINTER_BYTES = 2, // of BLX with a register
    FRAME_LR = 5,      // words of a frame
    FRAME_PC = 6,
    FRAME_XPSR = 7,
};

static uint16_t halfword(struct chip *chip, uint32_t address)
{
    uint16_t code = 0;

    cpu_load(chip->core.cpu, address, &code, sizeof code);
    return code;
}

// What call stands before a return address, and where it goes if that is known.
static enum thumb_call call_before(struct chip *chip, uint32_t value, uint32_t *target)
{
    uint32_t address = value & ~1u;

    *target = 0;
    return value & 1u ? thumb_call_before(address, halfword(chip, address - CALL_BYTES),
                                          halfword(chip, address - POINTER_BYTES), target)
                      : THUMB_NO_CALL;
}

// Whether it is a function's return address: behind a BL that goes to `function`.
static bool calls(struct chip *chip, uint32_t value, uint32_t function)
{
    uint32_t target;

    return call_before(chip, value, &target) == THUMB_CALL && target == function;
}

static bool calls_by_pointer(struct chip *chip, uint32_t value)
{
    uint32_t target;

    return call_before(chip, value, &target) == THUMB_CALL_POINTER;
}

// The next return address for `function` from *sp on, which moves behind it; 0: none.
static uint32_t next_on_stack(struct chip *chip, uint32_t *sp, uint32_t function)
{
    for (unsigned i = 0; i < DEEPEST; i++) {
        uint32_t value = 0;
        if (!memory_ram_at(&chip->memory, *sp + 4 * i, 4)) {
            return 0;
        }
        cpu_load(chip->core.cpu, *sp + 4 * i, &value, sizeof value);
        if (calls(chip, value, function)) {
            *sp += 4 * i + 4;
            return value;
        }
    }
    return 0;
}

static uint32_t function_of(const struct image *image, uint32_t pc)
{
    const struct symbol *symbol = image ? image_function_at(image, pc) : NULL;

    return symbol ? symbol->address : 0;
}

size_t callers_find(struct chip *chip, const struct image *image, struct call_site site,
                    uint32_t callers[CALLERS_MOST])
{
    uint32_t function = function_of(image, site.pc), from = site.lr;
    size_t count = 0;

    if (function && !calls(chip, from, function) &&
        (!calls_by_pointer(chip, from) || function_of(image, from) == function)) {
        from = next_on_stack(chip, &site.sp, function);
    }
    while (function && from && count < CALLERS_MOST) {
        bool direct = calls(chip, from, function);
        callers[count++] = (from & ~1u) - (direct ? CALL_BYTES : POINTER_BYTES);
        function = function_of(image, callers[count - 1]);
        from = function ? next_on_stack(chip, &site.sp, function) : 0;
    }
    return count;
}

static bool is_return(uint32_t value)
{
    return value >= 0xFFFFFF00u && value != UINT32_MAX;
}

// Whether a frame of an exception may be here: PC in flash, Thumb code, and the bits of xPSR 0 that
// are always so.
static bool is_frame(struct chip *chip, const uint32_t words[FRAME_WORDS])
{
    const struct region *flash = &chip->device->flash;
    uint32_t xpsr = words[FRAME_XPSR];

    return words[FRAME_PC] - flash->start < flash->size && !(words[FRAME_PC] & 1u) &&
           xpsr & 0x01000000u && !(xpsr & 0x00F00000u);
}

// What LR was when the handler began: in LR, or where the handler has put it.
static uint32_t return_value(struct chip *chip, struct call_site handler)
{
    uint32_t value = handler.lr;

    for (unsigned i = 0; !is_return(value) && i < NEAR; i++) {
        if (!memory_ram_at(&chip->memory, handler.sp + 4 * i, 4)) {
            return 0;
        }
        cpu_load(chip->core.cpu, handler.sp + 4 * i, &value, sizeof value);
    }
    return is_return(value) ? value : 0;
}

bool callers_interrupted(struct chip *chip, struct call_site handler, struct call_site *interrupted)
{
    uint32_t value = return_value(chip, handler), words[FRAME_WORDS];
    bool on_psp = value & RETURN_PSP;
    uint32_t frame = on_psp ? cpu_get(chip->core.cpu, CPU_PSP) : handler.sp;

    // What the handler has put on its own stack lies below the frame.
    for (unsigned i = 0; value && i < (on_psp ? 1 : NEAR); i++, frame += 4) {
        if (!memory_ram_at(&chip->memory, frame, sizeof words)) {
            return false;
        }
        cpu_load(chip->core.cpu, frame, words, sizeof words);
        if (is_frame(chip, words)) {
            *interrupted =
                (struct call_site){words[FRAME_PC], words[FRAME_LR], frame + sizeof words};
            return true;
        }
    }
    return false;
}
