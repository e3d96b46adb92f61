// startup.c: start-up code in the order that vendors' has: SystemInit(), constructors, main().
// SPDX-License-Identifier: MIT
#include <stdint.h>

typedef void (*function)(void);

extern uint32_t stack_top[];
extern const function init_array_start[], init_array_end[];

int main(void);
void SystemInit(void);
void reset_handler(void);

__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    function reset;
} vectors = {stack_top, reset_handler};

void reset_handler(void)
{
    SystemInit();
    for (const function *one = init_array_start; one < init_array_end; one++) {
        (*one)();
    }
    main();
    for (;;) {
    }
}
