// serial_posix.c: a serial line over a POSIX terminal device: a serial port, or a pty in tests.
// SPDX-License-Identifier: MIT
//
// Not through libserialport, which opens no pty: what the tests run is what a user runs.
#include "serial.h"

#include "serial_claim.h"
#include "serial_rate.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

struct serial {
    int file;
    bool wired; // has modem lines, so it is no pty
    struct serial_claim claim;
    struct termios before; // as the port was found
    unsigned baud_before;
    bool restores; // them, at the end
    uint8_t unanswered;
    struct monitor_line heard;
    char *port;
};

// Half of what both ends together may be off: of the 11 bits of a frame the last one must still be
// sampled within itself.
enum { BAUD_OFF_PER_MILLE = 25 };

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

static int take(struct serial *line, struct problem *problem)
{
    int lines;

    if (tcgetattr(line->file, &line->before) != 0) {
        return problem_set(problem, EXIT_USAGE, "bootleap list", "open %s: not a serial port",
                           line->port);
    }
    line->wired = ioctl(line->file, TIOCMGET, &lines) == 0;
    int error = serial_claim_take(&line->claim, line->file, line->port, line->wired, problem);
    line->baud_before = serial_rate_get(line->file);
    line->restores = error == 0;
    return error;
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
    int error =
        opened->file < 0 ? serial_claim_refused(port, errno, problem) : take(opened, problem);
    if (error) {
        serial_close(opened);
        return error;
    }
    *line = opened;
    return 0;
}

// tcsetattr(), and once more where a signal came while it waited for what was written to leave.
static int set_attributes(int file, const struct termios *settings)
{
    int result = tcsetattr(file, TCSADRAIN, settings);

    return result != 0 && errno == EINTR ? tcsetattr(file, TCSADRAIN, settings) : result;
}

static void restore(const struct serial *line)
{
    set_attributes(line->file, &line->before);
    // A rate without a name is not in `before`.
    if (line->baud_before && speed_of(line->baud_before) == NULL) {
        serial_rate_set(line->file, line->baud_before);
    }
}

void serial_close(struct serial *line)
{
    if (line == NULL) {
        return;
    }
    monitor_pause(&line->heard);
    if (line->restores) {
        restore(line);
    }
    if (line->file >= 0) {
        serial_claim_end(&line->claim, line->file);
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
    return (differ & (CSIZE | PARENB | PARODD | CSTOPB)) == 0;
}

// Sets what POSIX has a name for; a rate that has none is set behind it. False: not taken.
static bool set(const struct serial *line, unsigned baud, enum parity parity,
                struct termios *settings)
{
    const speed_t *speed = speed_of(baud);

    settings->c_iflag = 0;
    settings->c_oflag = 0;
    settings->c_lflag = 0;
    // CRTSCTS, which another program may have left there, would wait for a wire that is not there.
    settings->c_cflag &= ~(tcflag_t)(CSIZE | CSTOPB | PARENB | PARODD | CRTSCTS);
    settings->c_cflag |= CS8 | CREAD | CLOCAL | (parity == PARITY_EVEN ? PARENB : 0);
    settings->c_cc[VMIN] = 0;
    settings->c_cc[VTIME] = 0;
    if (speed) {
        cfsetispeed(settings, *speed);
        cfsetospeed(settings, *speed);
    }
    return (set_attributes(line->file, settings) == 0 || errno == EINVAL) && took(line, settings) &&
           (speed || serial_rate_set(line->file, baud));
}

// A driver that cannot do a rate takes another one, and says so.
static int check_rate(const struct serial *line, unsigned baud, struct problem *problem)
{
    unsigned is = serial_rate_get(line->file), off = is > baud ? is - baud : baud - is;

    if (is == 0 || (uint64_t)off * 1000 <= (uint64_t)baud * BAUD_OFF_PER_MILLE) {
        return 0;
    }
    return problem_set(problem, EXIT_FAILED, "--baud with a rate that this adapter has, or 115200",
                       "set %s: the port takes %u baud instead of %u; it must be within 2.5 %%",
                       line->port, is, baud);
}

int serial_configure(struct serial *line, unsigned baud, enum parity parity,
                     struct problem *problem)
{
    struct termios settings;

    if (baud == 0) { // which would hang up
        return problem_set(problem, EXIT_USAGE, "115200, or 57600 over a long cable",
                           "%u baud at %s: no such rate", baud, line->port);
    }
    if (tcgetattr(line->file, &settings) != 0) {
        return problem_set(problem, EXIT_FAILED, "check the cable", "set %s: %s", line->port,
                           strerror(errno));
    }
    if (!set(line, baud, parity, &settings)) {
        return problem_set(problem, EXIT_FAILED, "another adapter, or --baud 115200",
                           "set %s: the port does not do %u baud with %s parity", line->port, baud,
                           parity == PARITY_EVEN ? "even" : "no");
    }
    monitor_note(&line->heard, "%u baud, 8%c1", baud, parity == PARITY_EVEN ? 'E' : 'N');
    return check_rate(line, baud, problem);
}

int serial_touch(struct serial *line, unsigned baud, struct problem *problem)
{
    int lines = TIOCM_DTR;

    int error = serial_configure(line, baud, PARITY_NONE, problem);
    line->restores = false; // another rate, before the port is closed, takes the request back
    bool gone = ioctl(line->file, TIOCMBIC, &lines) != 0 && errno != ENOTTY && errno != EINVAL;
    return gone ? 0 : error;
}

int serial_set_lines(struct serial *line, unsigned lines, unsigned asserted,
                     struct problem *problem)
{
    int is, mask = (lines & SERIAL_DTR ? TIOCM_DTR : 0) | (lines & SERIAL_RTS ? TIOCM_RTS : 0);
    int set = (asserted & SERIAL_DTR ? TIOCM_DTR : 0) | (asserted & SERIAL_RTS ? TIOCM_RTS : 0);

    if (ioctl(line->file, TIOCMGET, &is) == 0) {
        is = (is & ~mask) | (set & mask);
        if (ioctl(line->file, TIOCMSET, &is) == 0) {
            monitor_note(&line->heard, "DTR %d, RTS %d", (is & TIOCM_DTR) != 0,
                         (is & TIOCM_RTS) != 0);
            return 0;
        }
    }
    return problem_set(problem, EXIT_FAILED, "an adapter that has these lines",
                       "set DTR and RTS of %s: %s", line->port,
                       errno == ENOTTY || errno == EINVAL ? "it has none" : strerror(errno));
}

// The kernel lets go of both when the last program closes a port with HUPCL (termios(3)).
void serial_keep_lines(struct serial *line)
{
    line->before.c_cflag &= ~(tcflag_t)HUPCL;
}

static int read_bytes(struct serial *line, uint8_t *bytes, size_t size, unsigned silence_ms)
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

int serial_read(struct serial *line, uint8_t *bytes, size_t size, unsigned silence_ms)
{
    int got = read_bytes(line, bytes, size, silence_ms);

    if (line->heard.monitor && got > 0) {
        monitor_received(&line->heard, bytes, (size_t)got);
    }
    if (line->heard.monitor && got < (int)size) {
        monitor_pause(&line->heard);
    }
    return got;
}

int serial_write(struct serial *line, const void *bytes, size_t size)
{
    const uint8_t *next = bytes;

    monitor_sent(&line->heard, next, size);
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

void serial_monitor(struct serial *line, const struct monitor *monitor)
{
    monitor_begin(&line->heard, monitor, line->port);
}

uint8_t serial_unanswered(const struct serial *line)
{
    return line->unanswered;
}

void serial_discard(struct serial *line)
{
    tcflush(line->file, TCIFLUSH);
}

const char *serial_port(const struct serial *line)
{
    return line->port;
}
