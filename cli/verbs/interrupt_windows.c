// interrupt_windows.c: remembers what the console reports.
// SPDX-License-Identifier: MIT
#include "interrupt.h"

#include <stddef.h>
#include <windows.h>

// Windows ends a program whose window is closed 5 s after that, or when the handler returns.
enum { CLOSING_MS = 4500 };

static volatile LONG has_come; // the handler is a thread that has nothing else to write to

static BOOL WINAPI remember(DWORD event)
{
    bool second = InterlockedExchange(&has_come, 1) != 0;

    if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT) {
        Sleep(CLOSING_MS);
    }
    return !second; // then Windows ends the program
}

void interrupt_watch(void)
{
    SetConsoleCtrlHandler(remember, TRUE);
}

void interrupt_end_watch(void)
{
    SetConsoleCtrlHandler(remember, FALSE);
}

bool interrupt_has_come(void *context)
{
    (void)context;
    return InterlockedOr(&has_come, 0) != 0;
}
