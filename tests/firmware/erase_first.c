// erase_first.c: the way into a ROM that looks at flash, with a flash controller in RAM.
// SPDX-License-Identifier: MIT
//
// None of the virtual chips has such a ROM, so the part's row is changed here: WORDS, words of
// RAM that neither the ROM nor a reset touches, stand for the controller. There are a page
// and one beyond the end of this flash, which must be skipped.
#define BOOTLEAP_ERASE_FIRST_PAGE
#include "bootleap_devices.h"

#define SIZE       0
#define BUSY       1
#define KEY        2
#define PAGE       3
#define NOT_A_PAGE 4

#define TEXT_OF(x)   #x
#define TEXT(x)      TEXT_OF(x)
#define WORD(number) TEXT(WORDS) " + 4 * " TEXT(number)

#undef BOOTLEAP_ROM_LOOKS
#define BOOTLEAP_ROM_LOOKS  1
#define BOOTLEAP_FLASH_BUSY "2"
#define BOOTLEAP_FIRST_PAGES                                                                       \
    ".word " WORD(SIZE) ", 0x08000000, " WORD(                                                     \
        BUSY) "\n"                                                                                 \
              ".word 0x08000000, 2, " WORD(KEY) ", 0x45670123, " WORD(                             \
                  KEY) ", 0xCDEF89AB\n"                                                            \
                       ".word 0x0800FC00, 1, " WORD(PAGE) ", 0x0800FC00\n"                         \
                                                          ".word 0x08010000, 1, " WORD(            \
                                                              NOT_A_PAGE) ", 0x08010000\n"         \
                                                                          ".word 0\n"

#include "bootleap.c"
#include "say.h"

extern uint32_t stack_top[];

void reset_handler(void);

typedef void (*vector)(void);

__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    vector handlers[15];
} vectors = {stack_top, {[0] = reset_handler}};

static uint32_t word(uint32_t number)
{
    return *reg(WORDS + 4 * number);
}

void reset_handler(void)
{
    if (bootleap_on_reset() == BOOTLEAP_FROM_ROM) {
        int right = word(KEY) == 0xCDEF89AB && word(PAGE) == 0x0800FC00 && word(NOT_A_PAGE) == 0;
        say(right ? "first page, erased\r\n" : "first page, not as asked\r\n");
        for (;;) {
        }
    }
    *reg(WORDS + 4 * SIZE) = 0x12340040; // 64 KB; the upper half belongs to something else
    *reg(WORDS + 4 * BUSY) = 1;          // another bit than the one that is waited for
    *reg(WORDS + 4 * NOT_A_PAGE) = 0;
    bootleap_enter();
    for (;;) {
    }
}
