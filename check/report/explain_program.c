// explain_program.c: the texts of the rules about the way to the branch and back: E6 to E9, B1.
// SPDX-License-Identifier: MIT
#include "explain.h"

#include <stddef.h>

static const struct explanation request = {
    .title = "the request survives the reset, until the code that looks for it",
    .points = "",
    .decides =
        "Whether a word in RAM, or in a backup register, that the application writes before a "
        "reset still has its value when the reset path compares it. The reset path is walked for "
        "that: names of sections are not asked.\n",
    .matters = "The start-up code copies .data and clears .bss. If the request is in one of them, "
               "it is gone before main() looks. The firmware then starts as always, and nothing "
               "tells why. The stack of the start-up code and a RAM that the hardware erases at a "
               "reset do the same.\n",
    .wrong = "  uint32_t request;                // in .bss: 0 after each reset\n"
             "  int main(void)\n"
             "  {\n"
             "      if (request == 0xB007) { jump_to_rom(); }\n",
    .right = "  __attribute__((section(\".noinit\"))) volatile uint32_t request;\n"
             "  // linker script: .noinit (NOLOAD) : { *(.noinit*) } > RAM\n"
             "  void Reset_Handler(void)         // or SystemInit(): before anything else\n"
             "  {\n"
             "      if (request == 0xB007) { request = 0; jump_to_rom(); }\n",
    .cannot = "A request that is no word in RAM: a pin, a page of flash. Whether the supply of RAM "
              "or of backup registers stays on over the reset.\n",
};

static const struct explanation cache = {
    .title = "the request has left the data cache before the reset",
    .points = "",
    .decides = "On a core with a data cache: whether the line with the request is cleaned between "
               "the store and the reset, or whether the RAM is not cached.\n",
    .matters = "A store to cached RAM stays in the cache. A reset empties the cache and keeps the "
               "RAM, so the request was never written. Whether it works changes with the code "
               "around it: a full cache writes lines back by itself.\n",
    .wrong = "  request = 0xB007;\n"
             "  NVIC_SystemReset();              // the store is still in the cache\n",
    .right = "  request = 0xB007;\n"
             "  SCB_CleanDCache_by_Addr((uint32_t *)&request, 32);\n"
             "  __DSB();\n"
             "  NVIC_SystemReset();\n"
             "\n"
             "Or put the request into DTCM, which is never cached.\n",
    .cannot = "Regions of an MPU that are computed from data: they may make RAM uncached.\n",
};

static const struct explanation after_go = {
    .title = "the application starts after the ROM's Go as after a reset",
    .points = "",
    .decides = "Whether VTOR (or the alias at 0) is set before the first interrupt is enabled. "
               "Whether this ROM accepts the address that Go gets, and the initial stack pointer "
               "behind it. Whether a second vector table for Go is right.\n",
    .matters = "Go is a jump and no reset. VTOR still points to the ROM, so the first interrupt "
               "of the application runs a handler of the ROM. Start-up code that relies on the "
               "value of VTOR after a reset works with the debugger and fails after flashing.\n",
    .wrong = "  void SystemInit(void)\n"
             "  {\n"
             "  #ifdef USER_VECT_TAB_ADDRESS     // not defined: VTOR is not set\n"
             "      SCB->VTOR = VECT_TAB_BASE_ADDRESS | VECT_TAB_OFFSET;\n"
             "  #endif\n",
    .right = "  void SystemInit(void)\n"
             "  {\n"
             "      SCB->VTOR = (uint32_t)&vectors;  // the table that the linker placed\n"
             "      __DSB();\n",
    .cannot = "Peripherals that the ROM has left on: `bootleap-sim run --host go` shows them.\n",
};

static const struct explanation handler = {
    .title = "the ROM is not entered from an interrupt handler",
    .points = "H3",
    .decides = "Whether direct calls lead from a handler of the vector table to the branch.\n",
    .matters =
        "A jump does not end an exception. The ROM then runs as part of the handler, and no "
        "interrupt of the same or a lower priority comes through. A ROM that polls its USART may "
        "serve all the same. USB needs its interrupt, and stays silent.\n",
    .wrong = "  void EXTI0_IRQHandler(void)\n"
             "  {\n"
             "      jump_to_rom();               // the exception stays active\n"
             "  }\n",
    .right = "  void EXTI0_IRQHandler(void)\n"
             "  {\n"
             "      request = 0xB007;            // see E6\n"
             "      __DSB();\n"
             "      NVIC_SystemReset();          // ends every exception\n"
             "  }\n"
             "\n"
             "Or set a flag that main() looks at.\n",
    .cannot = "Handlers that call through a pointer: a callback, a table of commands.\n",
};

static const struct explanation bootleap = {
    .title = "bootleap in this image is complete, and agrees with the other image",
    .points = "",
    .decides =
        "Which bootleap is in the image, at which address its mark is, and whether its hook is "
        "reached from the reset before .data and .bss are set up.\n",
    .matters =
        "The mark is the word by which bootleap_enter() asks across the reset. A hook that is "
        "reached too late finds the mark overwritten. A new version with the mark elsewhere does "
        "not see what the old version wrote.\n",
    .wrong = "  int main(void)\n"
             "  {\n"
             "      bootleap_on_reset();         // .bss was cleared, clocks may run\n",
    .right = "  Reset_Handler:\n"
             "      bl bootleap_on_reset         // first of all\n"
             "\n"
             "Or link a hook: bootleap_hook.h.\n",
    .cannot = "An image without the symbols and the texts of bootleap, as a stripped one that "
              "inlines everything.\n",
};

const struct explanation *explain_program_rule(enum rule_id rule)
{
    switch (rule) {
    case RULE_E6:
        return &request;
    case RULE_E7:
        return &cache;
    case RULE_E8:
        return &after_go;
    case RULE_E9:
        return &handler;
    case RULE_B1:
        return &bootleap;
    default:
        return NULL;
    }
}
