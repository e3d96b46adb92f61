// terminal.c: opens pseudo-terminals and moves bytes through them.
// SPDX-License-Identifier: MIT
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

enum { TERMINALS_MOST = 16 };

static void make_raw(int fd)
{
    struct termios settings;

    if (tcgetattr(fd, &settings) == 0) {
        settings.c_iflag = 0;
        settings.c_oflag = 0;
        settings.c_lflag = 0;
        settings.c_cc[VMIN] = 1;
        settings.c_cc[VTIME] = 0;
        tcsetattr(fd, TCSANOW, &settings);
    }
}

static int make_link(const char *path, const char *link, struct problem *problem)
{
    struct stat old;

    if (lstat(link, &old) == 0 && (!S_ISLNK(old.st_mode) || unlink(link))) {
        return problem_set(problem, EXIT_USAGE, "give another name",
                           "--usart %s: exists and is not an old terminal's link", link);
    }
    if (symlink(path, link)) {
        return problem_set(problem, EXIT_USAGE, "a name in a folder that can be written to",
                           "--usart %s: cannot make this link: %s", link, strerror(errno));
    }
    return 0;
}

static bool port_is_waiting(void *context)
{
    return terminal_waiting(context);
}

static bool port_is_buffered(void *context)
{
    const struct terminal *terminal = context;

    return terminal->count > 0;
}

static uint8_t port_take(void *context)
{
    return terminal_take(context);
}

static void port_send(void *context, uint8_t byte)
{
    terminal_send(context, byte);
}

static void port_wait(void *context, int ms)
{
    struct terminal *terminal = context;

    terminal_wait(&terminal, 1, ms);
}

int terminal_open(struct terminal *terminal, const char *link, struct problem *problem)
{
    const char *name;

    *terminal = (struct terminal){
        .slave = -1,
        .port = {terminal, port_is_waiting, port_is_buffered, port_take, port_send, port_wait}};
    terminal->master = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal->master < 0 || grantpt(terminal->master) || unlockpt(terminal->master) ||
        !(name = ptsname(terminal->master))) {
        terminal_close(terminal);
        return problem_set(problem, EXIT_FAILED, "mount /dev/pts", "no pseudo-terminal: %s",
                           strerror(errno));
    }
    snprintf(terminal->path, sizeof terminal->path, "%s", name);
    terminal->slave = open(name, O_RDWR | O_NOCTTY);
    make_raw(terminal->slave);
    fcntl(terminal->master, F_SETFL, O_NONBLOCK);
    if (link && make_link(terminal->path, link, problem)) {
        terminal_close(terminal);
        return (int)problem->code;
    }
    terminal->link = link;
    return 0;
}

void terminal_close(struct terminal *terminal)
{
    if (terminal->link) {
        unlink(terminal->link);
    }
    if (terminal->slave >= 0) {
        close(terminal->slave);
    }
    if (terminal->master >= 0) {
        close(terminal->master);
    }
    terminal->link = NULL;
    terminal->master = terminal->slave = -1;
}

bool terminal_waiting(struct terminal *terminal)
{
    if (terminal->count == 0) {
        ssize_t got = read(terminal->master, terminal->input, sizeof terminal->input);
        terminal->first = 0;
        terminal->count = got > 0 ? (size_t)got : 0;
    }
    return terminal->count > 0;
}

uint8_t terminal_take(struct terminal *terminal)
{
    if (!terminal_waiting(terminal)) {
        return 0;
    }
    terminal->count--;
    return terminal->input[terminal->first++];
}

void terminal_type(struct terminal *terminal, const char *text)
{
    for (; *text && terminal->first + terminal->count < sizeof terminal->input; text++) {
        terminal->input[terminal->first + terminal->count++] = (uint8_t)*text;
    }
}

void terminal_send(struct terminal *terminal, uint8_t byte)
{
    if (write(terminal->master, &byte, 1) < 0) {
        return; // nobody reads: lost
    }
}

void terminal_wait(struct terminal *const *terminals, size_t count, int ms)
{
    const struct beside *beside = count ? terminals[0]->beside : NULL;
    struct pollfd waits[TERMINALS_MOST + BESIDE_MOST];
    size_t used = 0;

    for (size_t i = 0; i < count && used < TERMINALS_MOST; i++) {
        if (terminals[i]->count) {
            return;
        }
        waits[used++] = (struct pollfd){terminals[i]->master, POLLIN, 0};
    }
    if (beside) {
        used += beside->polls(beside->context, waits + used);
    }
    poll(waits, used, ms);
    if (beside) {
        beside->look(beside->context);
    }
}
