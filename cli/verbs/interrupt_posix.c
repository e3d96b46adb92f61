// interrupt_posix.c: remembers a signal.
// SPDX-License-Identifier: MIT
#include "interrupt.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t has_come; // a signal handler has nothing else to write to

static void remember(int number)
{
    (void)number;
    has_come = 1;
}

// What is ignored stays so: nohup wants it.
static void handle(void (*handler)(int number), int flags)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags}, before;

    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
            sigaction(signals[i], &action, NULL);
        }
    }
}

void interrupt_watch(void)
{
    handle(remember, (int)SA_RESETHAND);
    signal(SIGPIPE, SIG_IGN); // whoever stops reading what is printed stops no work on a chip
}

void interrupt_end_watch(void)
{
    handle(SIG_DFL, 0);
}

bool interrupt_has_come(void *context)
{
    (void)context;
    return has_come;
}
