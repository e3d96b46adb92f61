// explain_entry.c: the texts of the rules about the moment of the branch: E1 to E5.
// SPDX-License-Identifier: MIT
#include "explain.h"

#include <stddef.h>

static const struct explanation target = {
    .title = "the branch goes to the ROM's first function, with the ROM's stack",
    .points = "H1, H2",
    .decides =
        "Where the branch goes, and what the stack pointer is at that moment. Right are word 1 and "
        "word 0 of the vector table of this chip's ROM, read from that table.\n",
    .matters =
        "The ROM's table is not at the same address on all chips, and its words change between "
        "versions of one ROM. A wrong target is a fault at once. A wrong stack is one later.\n"
        "\n"
        "The usual mistake hides in the order. After MSR MSP a local variable is looked for on the "
        "new stack, where nobody has put it. Whether the variable is in a register or on the stack "
        "is up to the compiler: the same source works at -O2 and fails at -O0.\n",
    .wrong = "  uint32_t first = *(uint32_t *)(ROM + 4);\n"
             "  __set_MSP(*(uint32_t *)ROM);\n"
             "  ((void (*)(void))first)();       // at -O0: first is read from the new stack\n"
             "\n"
             "  ((void (*)(void))(ROM + 4))();   // jumps to the table, not to what it says\n",
    .right = "  static void start(uint32_t stack, uint32_t first)\n"
             "  {\n"
             "      __asm volatile(\"msr msp, %0\\n\"\n"
             "                     \"bx %1\" : : \"r\"(stack), \"r\"(first));\n"
             "      __builtin_unreachable();\n"
             "  }\n"
             "  start(((volatile uint32_t *)ROM)[0], ((volatile uint32_t *)ROM)[1]);\n"
             "\n"
             "ROM is the address that `bootleap devices NAME` prints for your chip.\n",
    .cannot =
        "A target that comes from data which changes while the firmware runs, such as a table "
        "in RAM that another function fills.\n",
};

static const struct explanation control = {
    .title = "the ROM runs on the main stack, with privilege: CONTROL is 0",
    .points = "H2",
    .decides = "What CONTROL is at the branch: 0, not 0, or as it was found. It also looks for the "
               "ISB that must follow a write of CONTROL.\n",
    .matters =
        "Below an RTOS a task runs on PSP. MSR MSP then sets a stack that nobody uses, and the ROM "
        "runs on the stack of the task. A task without privilege cannot write NVIC or VTOR, and "
        "neither can the ROM that it has started.\n"
        "\n"
        "If the program never writes CONTROL or PSP, CONTROL is still 0 from the reset. Else \"as "
        "it was found\" is a warning: the answer depends on the task that calls.\n",
    .wrong = "  __set_MSP(stack);                // in a task: SP is PSP, and stays so\n"
             "  first();\n",
    .right = "  msr  msp, r0\n"
             "  movs r2, #0\n"
             "  msr  control, r2                 // from here on SP is MSP\n"
             "  isb\n"
             "  bx   r1\n"
             "\n"
             "In one piece of assembly: the write of CONTROL moves the stack away from below C.\n",
    .cannot = "In which task a function runs that several tasks call.\n",
};

static const struct explanation masks = {
    .title = "no interrupt is masked: PRIMASK, BASEPRI, FAULTMASK and the stack limits are 0",
    .points = "H4, H5",
    .decides = "For each mask, and on Armv8-M for MSPLIM and PSPLIM: whether it is clear at the "
               "branch, set, or as it was found.\n",
    .matters =
        "A ROM needs its interrupts, over USB and SPI on every chip. AN2606 says so in section "
        "4.1. "
        "Some versions enable interrupts by themselves, others wait for ever. What is known of "
        "this chip decides the severity.\n"
        "\n"
        "A stack limit of the application makes the first push of the ROM a fault, if the ROM's "
        "stack is below it.\n",
    .wrong = "  __disable_irq();\n"
             "  stop_everything();\n"
             "  jump_to_rom();                   // PRIMASK is still 1\n",
    .right = "  __disable_irq();\n"
             "  stop_everything();               // SysTick, NVIC: see E5\n"
             "  __set_BASEPRI(0);\n"
             "  __enable_irq();                  // nothing is enabled that could come\n"
             "  jump_to_rom();\n",
    .cannot = "What a function that the walk could not follow does to the masks.\n",
};

static const struct explanation vectors = {
    .title = "the ROM's own vectors are in force: remap and VTOR",
    .points = "H8, H9",
    .decides =
        "What MEM_MODE selects at address 0, and where VTOR points. A write to MEM_MODE counts "
        "only if the clock of SYSCFG was enabled before it.\n",
    .matters =
        "If the vectors of the application are in force, the first interrupt of the ROM runs a "
        "handler of the application. Chips differ: a ROM may set VTOR by itself, and then nothing "
        "is wrong. What is known of this chip decides the severity.\n"
        "\n"
        "A peripheral without a clock ignores writes, and no fault tells that.\n",
    .wrong = "  SYSCFG->MEMRMP = 1;              // no clock: nothing happens\n"
             "  SCB->VTOR = ROM;\n",
    .right = "  RCC->APB2ENR |= RCC_APB2ENR_SYSCFGEN;\n"
             "  (void)RCC->APB2ENR;              // the clock runs after this read\n"
             "  SYSCFG->MEMRMP = 1;\n"
             "  SCB->VTOR = 0;                   // system memory is there now\n"
             "  __DSB();\n",
    .cannot = "A register that is written through a pointer which only data decides.\n",
};

static const struct explanation interrupts = {
    .title = "nothing interrupts the ROM: SysTick is off, no line of the NVIC is enabled",
    .points = "H6, H7",
    .decides = "Whether SysTick is stopped at the branch, and whether all lines of the NVIC that "
               "the program enables are disabled. A later call that starts SysTick again is found, "
               "and shown with its call chain.\n",
    .matters =
        "The ROM has no handler for SysTick and none for the peripherals of the application. An "
        "interrupt that comes after the jump goes to a handler that does not expect it.\n"
        "\n"
        "HAL_RCC_DeInit() sets up the time base again for the new clock: HAL_RCC_DeInit > "
        "HAL_InitTick > HAL_SYSTICK_Config. Who stops SysTick before it has a running SysTick "
        "after it.\n",
    .wrong = "  SysTick->CTRL = 0;\n"
             "  HAL_RCC_DeInit();                // starts SysTick again\n"
             "  jump_to_rom();\n",
    .right = "  HAL_RCC_DeInit();\n"
             "  HAL_DeInit();\n"
             "  SysTick->CTRL = 0;\n"
             "  SysTick->LOAD = 0;\n"
             "  SysTick->VAL = 0;\n"
             "  SCB->ICSR = SCB_ICSR_PENDSTCLR_Msk;\n"
             "  for (unsigned i = 0; i < sizeof NVIC->ICER / sizeof NVIC->ICER[0]; i++) {\n"
             "      NVIC->ICER[i] = 0xFFFFFFFF;\n"
             "      NVIC->ICPR[i] = 0xFFFFFFFF;\n"
             "  }\n",
    .cannot = "Whether a peripheral raises an interrupt while the jump is under way: the simulator "
              "runs the peripherals.\n",
};

const struct explanation *explain_entry_rule(enum rule_id rule)
{
    static const struct explanation *const rules[] = {[RULE_E1] = &target,
                                                      [RULE_E2] = &control,
                                                      [RULE_E3] = &masks,
                                                      [RULE_E4] = &vectors,
                                                      [RULE_E5] = &interrupts};

    return rule <= RULE_E5 ? rules[rule] : NULL;
}
