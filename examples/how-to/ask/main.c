// main.c: a line protocol in which the host asks whether the ROM can be entered, then enters.
// SPDX-License-Identifier: MIT
//
//   probe   answers why the ROM cannot be entered, or that it can; nothing changes
//   enter   enters, or answers why not
#include "board.h"
#include "bootleap_strerror.h"
#include "recipe.h"
#include "serial.h"

enum { LONGEST = 16 };

static int is_same(const char *one, const char *other)
{
    while (*one && *one == *other) {
        one++;
        other++;
    }
    return *one == *other;
}

static void answer(const char *text)
{
    serial_print(text);
    serial_print("\r\n");
}

static void obey(const char *line)
{
    if (is_same(line, "probe")) {
        answer(bootleap_strerror(bootleap_probe()));
    } else if (is_same(line, "enter")) {
        int refusal = bootleap_probe();
        answer(bootleap_strerror(refusal)); // while there is still somebody to answer
        serial_drain();
        if (refusal == 0) {
            bootleap_enter();
        }
    } else {
        answer("unknown command");
    }
}

void application(enum bootleap_origin origin)
{
    char line[LONGEST];
    unsigned length = 0;

    serial_open(SERIAL_BRR(BOARD_USART_HZ));
    serial_introduce("protocol", origin);
    for (;;) {
        int character = serial_read();
        if (character == '\n') {
            line[length] = '\0';
            length = 0;
            obey(line);
        } else if (character >= 0 && length < LONGEST - 1) {
            line[length++] = (char)character;
        }
    }
}
