// interrupted.c: finds the exception frame below which a handler runs.
// SPDX-License-Identifier: MIT
#include "interrupted.h"

#include "exception_frame.h"

enum {
    NEAR = 64,    // words of the stack that are looked at
    FRAME_LR = 5, // words of a frame
    FRAME_PC = 6,
    FRAME_XPSR = 7,
};

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
static uint32_t return_value(struct chip *chip, const struct call_site *handler)
{
    uint32_t value = handler->lr;

    for (unsigned i = 0; !is_return(value) && i < NEAR; i++) {
        if (!memory_ram_at(&chip->memory, handler->sp + 4 * i, 4)) {
            return 0;
        }
        cpu_load(chip->core.cpu, handler->sp + 4 * i, &value, sizeof value);
    }
    return is_return(value) ? value : 0;
}

bool interrupted_find(struct chip *chip, const struct call_site *handler,
                      struct call_site *interrupted)
{
    uint32_t value = return_value(chip, handler), words[FRAME_WORDS];
    bool on_psp = value & RETURN_PSP;
    uint32_t frame = on_psp ? cpu_get(chip->core.cpu, CPU_PSP) : handler->sp;

    // What the handler has put on its own stack lies below the frame.
    for (unsigned i = 0; value && i < (on_psp ? 1 : NEAR); i++, frame += 4) {
        if (!memory_ram_at(&chip->memory, frame, sizeof words)) {
            return false;
        }
        cpu_load(chip->core.cpu, frame, words, sizeof words);
        if (is_frame(chip, words)) {
            *interrupted = (struct call_site){
                .pc = words[FRAME_PC], .sp = frame + sizeof words, .lr = words[FRAME_LR]};
            return true;
        }
    }
    return false;
}
