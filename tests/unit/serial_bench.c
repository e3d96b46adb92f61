// serial_bench.c: a pty, its modem lines, and a folder of lock files.
// SPDX-License-Identifier: MIT
#include "serial_bench.h"

#include "monotonic.h"
#include "serial_rate.h"
#include "uucp_lock.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cmocka.h>

struct serial_bench serial_bench;

int __real_ioctl(int file, unsigned long request, void *argument);
int __wrap_ioctl(int file, unsigned long request, void *argument);
const char *__wrap_uucp_lock_folder(void);
unsigned __real_serial_rate_get(int file);
unsigned __wrap_serial_rate_get(int file);

static void change(int lines)
{
    assert_true(serial_bench.change_count < SERIAL_BENCH_CHANGES);
    serial_bench.changes[serial_bench.change_count++] =
        (struct serial_bench_change){lines, monotonic_ms()};
    serial_bench.lines = lines;
}

int __wrap_ioctl(int file, unsigned long request, void *argument)
{
    int *lines = argument;

    if (!serial_bench.wired) {
        return __real_ioctl(file, request, argument);
    }
    switch (request) {
    case TIOCMGET:
        *lines = serial_bench.lines | TIOCM_CTS;
        return 0;
    case TIOCMSET:
        assert_true(*lines & TIOCM_CTS);
        change(*lines & (TIOCM_DTR | TIOCM_RTS));
        return 0;
    case TIOCMBIS:
        change(serial_bench.lines | *lines);
        return 0;
    case TIOCMBIC:
        change(serial_bench.lines & ~*lines);
        return 0;
    default:
        break;
    }
    return __real_ioctl(file, request, argument);
}

const char *__wrap_uucp_lock_folder(void)
{
    return serial_bench.folder[0] ? serial_bench.folder : NULL;
}

unsigned __wrap_serial_rate_get(int file)
{
    return serial_bench.driver_baud ? serial_bench.driver_baud : __real_serial_rate_get(file);
}

int serial_bench_set_up(void **state)
{
    (void)state;
    memset(&serial_bench, 0, sizeof serial_bench);
    serial_bench.lines = TIOCM_DTR | TIOCM_RTS; // as Linux leaves them when it opens a port
    strcpy(serial_bench.folder, "/tmp/bootleap-locks-XXXXXX");
    assert_non_null(mkdtemp(serial_bench.folder));
    serial_bench.master = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(serial_bench.master >= 0 && grantpt(serial_bench.master) == 0 &&
                unlockpt(serial_bench.master) == 0);
    snprintf(serial_bench.port, sizeof serial_bench.port, "%s", ptsname(serial_bench.master));
    serial_bench.slave = open(serial_bench.port, O_RDWR | O_NOCTTY);
    assert_true(serial_bench.slave >= 0);
    snprintf(serial_bench.lock, sizeof serial_bench.lock, "%s/LCK..pts_%s", serial_bench.folder,
             strrchr(serial_bench.port, '/') + 1);
    return 0;
}

int serial_bench_tear_down(void **state)
{
    (void)state;
    close(serial_bench.slave);
    close(serial_bench.master);
    unlink(serial_bench.lock);
    assert_int_equal(rmdir(serial_bench.folder), 0); // nothing else is left
    return 0;
}

struct termios serial_bench_settings(void)
{
    struct termios is;

    memset(&is, 0, sizeof is); // it has gaps
    assert_int_equal(tcgetattr(serial_bench.slave, &is), 0);
    return is;
}

struct serial *serial_bench_open(void)
{
    struct problem problem;
    struct serial *line;

    assert_int_equal(serial_open(&line, serial_bench.port, &problem), 0);
    return line;
}
