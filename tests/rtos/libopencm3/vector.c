// vector.c: vector table and weak reset handler in the shape of libopencm3's.
// SPDX-License-Identifier: MIT
#include <libopencm3/cm3/scb.h>
#include <libopencm3/cm3/vector.h>

typedef void (*function)(void);
extern function __init_array_start, __init_array_end;

int main(void);
void null_handler(void);

__attribute__((section(".vectors"), used)) static const struct {
    unsigned *initial_sp_value;
    function handlers[15];
} vector_table = {
    &_stack,
    {reset_handler, null_handler, null_handler, null_handler, null_handler, null_handler,
     null_handler, null_handler, null_handler, null_handler, null_handler, null_handler,
     null_handler, null_handler, null_handler},
};

void null_handler(void)
{
}

__attribute__((weak, used)) void reset_handler(void)
{
    volatile unsigned *to = &_data;

    for (volatile unsigned *from = &_data_loadaddr; to < &_edata; from++) {
        *to++ = *from;
    }
    while (to < &_ebss) {
        *to++ = 0;
    }
    SCB_CCR |= SCB_CCR_STKALIGN;
    for (function *call = &__init_array_start; call < &__init_array_end; call++) {
        (*call)();
    }
    main();
}
