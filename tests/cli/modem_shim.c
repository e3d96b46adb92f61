// modem_shim.c: preloaded into a program: gives a pty a parity, DTR and RTS.
// SPDX-License-Identifier: MIT
//
// A board obeys them. It listens on the socket MODEM_BOARD. Each change is a datagram of two
// characters, DTR and RTS as 0 or 1, and is over when the board has answered it.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <termios.h>
#include <unistd.h>

enum { PARITY = PARENB | PARODD };

static struct {
    int lines; // asserted when the port is opened, as Linux has it
    tcflag_t parity;
    int board; // its socket; 0: not yet
} shim = {.lines = TIOCM_DTR | TIOCM_RTS};

static int connect_to_board(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int board = socket(AF_UNIX, SOCK_SEQPACKET, 0);

    snprintf(address.sun_path, sizeof address.sun_path, "%s", getenv("MODEM_BOARD"));
    if (connect(board, (const struct sockaddr *)&address, sizeof address) != 0) {
        abort();
    }
    return board;
}

static void change(int lines)
{
    char text[2] = {lines & TIOCM_DTR ? '1' : '0', lines & TIOCM_RTS ? '1' : '0'};

    shim.board = shim.board ? shim.board : connect_to_board();
    shim.lines = lines;
    if (send(shim.board, text, sizeof text, 0) != sizeof text ||
        recv(shim.board, text, sizeof text, 0) <= 0) {
        abort();
    }
}

int ioctl(int file, unsigned long request, ...)
{
    int (*real)(int, unsigned long, ...);
    va_list arguments;

    va_start(arguments, request);
    int *argument = va_arg(arguments, int *);
    va_end(arguments);
    *(void **)&real = dlsym(RTLD_NEXT, "ioctl");
    switch (request) {
    case TIOCMGET:
        *argument = shim.lines;
        return 0;
    case TIOCMSET:
        change(*argument);
        return 0;
    default:
        return real(file, request, argument);
    }
}

int tcgetattr(int file, struct termios *settings)
{
    int (*real)(int, struct termios *);

    *(void **)&real = dlsym(RTLD_NEXT, "tcgetattr");
    int result = real(file, settings);
    settings->c_cflag = (settings->c_cflag & ~(tcflag_t)PARITY) | shim.parity;
    return result;
}

int tcsetattr(int file, int when, const struct termios *settings)
{
    int (*real)(int, int, const struct termios *);

    *(void **)&real = dlsym(RTLD_NEXT, "tcsetattr");
    shim.parity = settings->c_cflag & PARITY;
    int result = real(file, when, settings);
    return result != 0 && errno == EINVAL ? 0 : result; // a change of nothing but the parity
}
