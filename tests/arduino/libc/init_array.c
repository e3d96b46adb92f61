// init_array.c: what start-up code takes of a C library: it calls hooks, then constructors.
// SPDX-License-Identifier: MIT
typedef void (*function)(void);

// From the linker script.
extern const function __preinit_array_start[], __preinit_array_end[];
extern const function __init_array_start[], __init_array_end[];

void __libc_init_array(void);

static void call_all(const function *one, const function *end)
{
    for (; one < end; one++) {
        (*one)();
    }
}

void __libc_init_array(void)
{
    call_all(__preinit_array_start, __preinit_array_end);
    call_all(__init_array_start, __init_array_end);
}
