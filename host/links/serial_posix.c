// serial_posix.c: a serial line over a POSIX terminal device: a serial port, or a pty in tests.
// SPDX-License-Identifier: MIT
//
// Not through libserialport, which opens no pty: what the tests run is what a user runs.
#include "serial.h"

#include "monotonic.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

struct serial {
    int file;
    bool wired; // has modem lines, so it is no pty
    uint8_t unanswered;
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
        problem_set(problem, EXIT_FAILED, "close the terminal program that holds it",
                    "open %s: another program uses this port", port);
        return problem_blame(problem, FAULT_COMPUTER);
    case EACCES:
        problem_set(problem, EXIT_FAILED,
                    "become a member of the group that owns the port (often dialout), "
                    "then log in again",
                    "open %s: you may not use this port", port);
        return problem_blame(problem, FAULT_COMPUTER);
    default:
        return problem_set(problem, EXIT_FAILED, "bootleap list", "open %s: %s", port,
                           strerror(error));
    }
}

// A lock for programs that ask for one, and on a real port the tty's own exclusive flag for those
// that do not. A pty keeps that flag when its holder is killed, so it does not get it.
static int claim(struct serial *line, struct problem *problem)
{
    if (!isatty(line->file)) {
        return problem_set(problem, EXIT_USAGE, "bootleap list", "open %s: not a serial port",
                           line->port);
    }
    if (flock(line->file, LOCK_EX | LOCK_NB) != 0) {
        return open_problem(line->port, errno, problem);
    }
    int lines;
    line->wired = ioctl(line->file, TIOCMGET, &lines) == 0;
    if (line->wired) {
        ioctl(line->file, TIOCEXCL);
    }
    return 0;
}

int serial_open(struct serial **line, const char *port, struct problem *problem)
{
    static const char scheme[] = "serial:";

    if (strncmp(port, scheme, sizeof scheme - 1) == 0) {
        port += sizeof scheme - 1;
    }
    struct serial *opened = calloc(1, sizeof *opened);
    if (opened) {
        opened->port = strdup(port);
    }
    if (opened == NULL || opened->port == NULL) {
        free(opened);
        return problem_no_memory(problem, "open %s", port);
    }
    // Without O_NONBLOCK, open would wait for a modem's carrier.
    opened->file = open(port, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    int error = opened->file < 0 ? open_problem(port, errno, problem) : claim(opened, problem);
    if (error) {
        serial_close(opened);
        return error;
    }
    *line = opened;
    return 0;
}

void serial_close(struct serial *line)
{
    if (line == NULL) {
        return;
    }
    if (line->wired) {
        ioctl(line->file, TIOCNXCL);
    }
    if (line->file >= 0) {
        close(line->file);
    }
    free(line->port);
    free(line);
}

// A pty has no wire and no parity: Linux drops PARENB without a word, and refuses with EINVAL
// a change of nothing but PARENB. Both are as good as success there. On a real port they are not.
static bool took(const struct serial *line, const struct termios *wanted)
{
    struct termios is;

    if (tcgetattr(line->file, &is) != 0) {
        return false;
    }
    tcflag_t differ = is.c_cflag ^ wanted->c_cflag;
    if (!line->wired) {
        differ &= ~(tcflag_t)(PARENB | PARODD);
    }
    return (differ & (CSIZE | PARENB | PARODD | CSTOPB)) == 0 &&
           cfgetispeed(&is) == cfgetispeed(wanted);
}

int serial_configure(struct serial *line, unsigned baud, enum parity parity,
                     struct problem *problem)
{
    const speed_t *speed = speed_of(baud);
    struct termios settings;

    if (speed == NULL) {
        return problem_set(problem, EXIT_USAGE, "115200, or 57600 over a long cable",
                           "%u baud at %s: no such rate", baud, line->port);
    }
    if (tcgetattr(line->file, &settings) != 0) {
        return problem_set(problem, EXIT_FAILED, "check the cable", "set %s: %s", line->port,
                           strerror(errno));
    }
    settings.c_iflag = 0;
    settings.c_oflag = 0;
    settings.c_lflag = 0;
    settings.c_cflag &= ~(tcflag_t)(CSIZE | CSTOPB | PARENB | PARODD);
    settings.c_cflag |= CS8 | CREAD | CLOCAL | (parity == PARITY_EVEN ? PARENB : 0);
    settings.c_cc[VMIN] = 0;
    settings.c_cc[VTIME] = 0;
    cfsetispeed(&settings, *speed);
    cfsetospeed(&settings, *speed);
    if ((tcsetattr(line->file, TCSADRAIN, &settings) != 0 && errno != EINVAL) ||
        !took(line, &settings)) {
        return problem_set(problem, EXIT_FAILED, "another adapter, or --baud 115200",
                           "set %s: the port does not do %u baud with %s parity", line->port, baud,
                           parity == PARITY_EVEN ? "even" : "no");
    }
    return 0;
}

int serial_touch(struct serial *line, unsigned baud, struct problem *problem)
{
    int lines = TIOCM_DTR;

    int error = serial_configure(line, baud, PARITY_NONE, problem);
    bool gone = ioctl(line->file, TIOCMBIC, &lines) != 0 && errno != ENOTTY && errno != EINVAL;
    return gone ? 0 : error;
}

int serial_read(struct serial *line, uint8_t *bytes, size_t size, unsigned silence_ms)
{
    size_t got = 0;

    while (got < size) {
        struct pollfd wait = {.fd = line->file, .events = POLLIN};
        int ready = poll(&wait, 1, (int)silence_ms);
        if (ready < 0 && errno == EINTR) {
            continue;
        }
        if (ready == 0) {
            break;
        }
        ssize_t count = ready < 0 ? -1 : read(line->file, bytes + got, size - got);
        if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
            continue;
        }
        if (count <= 0) { // something to read, and it is nothing: hung up
            return -1;
        }
        got += (size_t)count;
        line->unanswered = 0;
    }
    return (int)got;
}

int serial_write(struct serial *line, const void *bytes, size_t size)
{
    const uint8_t *next = bytes;

    while (size > 0) {
        struct pollfd wait = {.fd = line->file, .events = POLLOUT};
        int ready = poll(&wait, 1, 1000);
        if (ready < 0 && errno == EINTR) {
            continue;
        }
        ssize_t count = ready == 1 ? write(line->file, next, size) : -1;
        if (ready == 1 && count < 0 && (errno == EAGAIN || errno == EINTR)) {
            continue;
        }
        if (count <= 0) {
            return -1;
        }
        for (ssize_t i = 0; i < count; i++) {
            line->unanswered ^= *next++;
        }
        size -= (size_t)count;
    }
    return 0;
}

uint8_t serial_unanswered(const struct serial *line)
{
    return line->unanswered;
}

void serial_discard(struct serial *line)
{
    tcflush(line->file, TCIFLUSH);
}

void serial_await_silence(struct serial *line, unsigned silence_ms, unsigned limit_ms)
{
    uint64_t end = monotonic_ms() + limit_ms;
    uint8_t byte;

    while (monotonic_ms() < end && serial_read(line, &byte, 1, silence_ms) == 1) {
        ;
    }
}

const char *serial_port(const struct serial *line)
{
    return line->port;
}
