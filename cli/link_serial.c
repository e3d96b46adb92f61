// link_serial.c: the link over a POSIX terminal device: a serial port, or a pty in tests.
// SPDX-License-Identifier: MIT
//
// Not through libserialport, which opens no pty: what the tests run is what a user runs.
#include "link.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

struct link {
    int file;
    bool wired; // has modem lines, so it is no pty
    char *port;
};

static const struct {
    unsigned baud;
    speed_t speed;
} speeds[] = {
    {1200, B1200},     {2400, B2400},     {4800, B4800},     {9600, B9600},     {19200, B19200},
    {38400, B38400},   {57600, B57600},   {115200, B115200}, {230400, B230400},
#ifdef B460800
    {460800, B460800}, {921600, B921600},
#endif
};

static const speed_t *speed_of(unsigned baud)
{
    for (size_t i = 0; i < sizeof speeds / sizeof *speeds; i++) {
        if (speeds[i].baud == baud) {
            return &speeds[i].speed;
        }
    }
    return NULL;
}

static int open_problem(const char *port, int error, struct problem *problem)
{
    switch (error) {
    case ENOENT:
    case ENXIO:
    case ENODEV:
        return problem_set(problem, EXIT_NO_DEVICE, "bootleap list", "open %s: no such port", port);
    case EBUSY:
    case EWOULDBLOCK:
        return problem_set(problem, EXIT_FAILED, "close the terminal program that holds it",
                           "open %s: another program uses this port", port);
    case EACCES:
        return problem_set(problem, EXIT_FAILED,
                           "become a member of the group that owns the port (often dialout), "
                           "then log in again",
                           "open %s: you may not use this port", port);
    default:
        return problem_set(problem, EXIT_FAILED, "bootleap list", "open %s: %s", port,
                           strerror(error));
    }
}

// A lock for programs that ask for one, and on a real port the tty's own exclusive flag for those
// that do not. A pty keeps that flag when its holder is killed, so it does not get it.
static int claim(struct link *link, struct problem *problem)
{
    if (!isatty(link->file)) {
        return problem_set(problem, EXIT_USAGE, "bootleap list", "open %s: not a serial port",
                           link->port);
    }
    if (flock(link->file, LOCK_EX | LOCK_NB) != 0) {
        return open_problem(link->port, errno, problem);
    }
    int lines;
    link->wired = ioctl(link->file, TIOCMGET, &lines) == 0;
    if (link->wired) {
        ioctl(link->file, TIOCEXCL);
    }
    return 0;
}

int link_open(struct link **link, const char *port, unsigned baud, enum parity parity,
              struct problem *problem)
{
    static const char scheme[] = "serial:";

    if (strncmp(port, scheme, sizeof scheme - 1) == 0) {
        port += sizeof scheme - 1;
    }
    struct link *opened = calloc(1, sizeof *opened);
    if (opened) {
        opened->port = strdup(port);
    }
    if (opened == NULL || opened->port == NULL) {
        free(opened);
        return problem_set(problem, EXIT_FAILED, NULL, "open %s: out of memory", port);
    }
    // Without O_NONBLOCK, open would wait for a modem's carrier.
    opened->file = open(port, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    int error = opened->file < 0 ? open_problem(port, errno, problem) : claim(opened, problem);
    if (error == 0) {
        error = link_set(opened, baud, parity, problem);
    }
    if (error) {
        link_close(opened);
        return error;
    }
    link_discard(opened);
    *link = opened;
    return 0;
}

void link_close(struct link *link)
{
    if (link == NULL) {
        return;
    }
    if (link->wired) {
        ioctl(link->file, TIOCNXCL);
    }
    if (link->file >= 0) {
        close(link->file);
    }
    free(link->port);
    free(link);
}

// A pty has no wire and no parity: Linux drops PARENB without a word, and refuses with EINVAL
// a change of nothing but PARENB. Both are as good as success there. On a real port they are not.
static bool took(const struct link *link, const struct termios *wanted)
{
    struct termios is;

    if (tcgetattr(link->file, &is) != 0) {
        return false;
    }
    tcflag_t differ = is.c_cflag ^ wanted->c_cflag;
    if (!link->wired) {
        differ &= ~(tcflag_t)(PARENB | PARODD);
    }
    return (differ & (CSIZE | PARENB | PARODD | CSTOPB)) == 0 &&
           cfgetispeed(&is) == cfgetispeed(wanted);
}

int link_set(struct link *link, unsigned baud, enum parity parity, struct problem *problem)
{
    const speed_t *speed = speed_of(baud);
    struct termios line;

    if (speed == NULL) {
        return problem_set(problem, EXIT_USAGE, "115200, or 57600 over a long cable",
                           "%u baud at %s: no such rate", baud, link->port);
    }
    if (tcgetattr(link->file, &line) != 0) {
        return problem_set(problem, EXIT_FAILED, "check the cable", "set %s: %s", link->port,
                           strerror(errno));
    }
    line.c_iflag = 0;
    line.c_oflag = 0;
    line.c_lflag = 0;
    line.c_cflag &= ~(tcflag_t)(CSIZE | CSTOPB | PARENB | PARODD);
    line.c_cflag |= CS8 | CREAD | CLOCAL | (parity == PARITY_EVEN ? PARENB : 0);
    line.c_cc[VMIN] = 0;
    line.c_cc[VTIME] = 0;
    cfsetispeed(&line, *speed);
    cfsetospeed(&line, *speed);
    if ((tcsetattr(link->file, TCSADRAIN, &line) != 0 && errno != EINVAL) || !took(link, &line)) {
        return problem_set(problem, EXIT_FAILED, "another adapter, or --baud 115200",
                           "set %s: the port does not do %u baud with %s parity", link->port, baud,
                           parity == PARITY_EVEN ? "even" : "no");
    }
    return 0;
}

int link_read(struct link *link, uint8_t *bytes, size_t size, unsigned silence_ms)
{
    size_t got = 0;

    while (got < size) {
        struct pollfd wait = {.fd = link->file, .events = POLLIN};
        int ready = poll(&wait, 1, (int)silence_ms);
        if (ready < 0 && errno == EINTR) {
            continue;
        }
        if (ready == 0) {
            break;
        }
        ssize_t count = ready < 0 ? -1 : read(link->file, bytes + got, size - got);
        if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
            continue;
        }
        if (count <= 0) { // something to read, and it is nothing: hung up
            return -1;
        }
        got += (size_t)count;
    }
    return (int)got;
}

int link_write(struct link *link, const void *bytes, size_t size)
{
    const uint8_t *next = bytes;

    while (size > 0) {
        struct pollfd wait = {.fd = link->file, .events = POLLOUT};
        int ready = poll(&wait, 1, 1000);
        if (ready < 0 && errno == EINTR) {
            continue;
        }
        ssize_t count = ready == 1 ? write(link->file, next, size) : -1;
        if (ready == 1 && count < 0 && (errno == EAGAIN || errno == EINTR)) {
            continue;
        }
        if (count <= 0) {
            return -1;
        }
        next += count;
        size -= (size_t)count;
    }
    return 0;
}

void link_discard(struct link *link)
{
    tcflush(link->file, TCIFLUSH);
}

void link_quiet(struct link *link, unsigned silence_ms, unsigned limit_ms)
{
    uint64_t end = link_now_ms() + limit_ms;
    uint8_t byte;

    while (link_now_ms() < end && link_read(link, &byte, 1, silence_ms) == 1) {
        ;
    }
}

const char *link_port(const struct link *link)
{
    return link->port;
}

uint64_t link_now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}
