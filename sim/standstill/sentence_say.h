// sentence_say.h: adds words to a sentence.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_SENTENCE_SAY_H
#define BOOTLEAP_SIM_SENTENCE_SAY_H

#include "loads.h"
#include "where_record.h"

// What a sentence is about, and what it is told with; `image` may be NULL. The place, the callers
// and whether it stands still are in *where already; the rest of it is filled in.
struct sentence {
    struct where *where;
    struct chip *chip;
    const struct image *image;
    bool masked; // no interrupt can be taken there
};

void sentence_say(const struct sentence *told, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// "main+0x12"
void sentence_say_address(const struct sentence *told, uint32_t address);

// " in main+0x12"
void sentence_say_place(const struct sentence *told);

// ", called from main+0x12, from reset_handler+0x4", or nothing
void sentence_say_callers(const struct sentence *told);

// "; enabled: SysTick, IRQ 40 (EXTI15_10), ...": what can still come, and who drives its line.
void sentence_say_interrupts(const struct sentence *told);

// The register that a load is of, with the bits that decide.
void sentence_set_register(const struct sentence *told, const struct load *load);

#endif
