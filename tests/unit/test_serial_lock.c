// test_serial_lock.c: locks of a serial port, ours and those of others.
// SPDX-License-Identifier: MIT
#include "serial_bench.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void write_lock(const void *bytes, size_t size)
{
    int file = open(serial_bench.lock, O_WRONLY | O_CREAT | O_TRUNC, 0644);

    assert_true(file >= 0 && write(file, bytes, size) == (ssize_t)size);
    close(file);
}

static void lock_names(long pid)
{
    char text[16];

    snprintf(text, sizeof text, "%10ld\n", pid);
    write_lock(text, strlen(text));
}

static long locked_by(void)
{
    char text[16] = "";
    int file = open(serial_bench.lock, O_RDONLY);

    if (file < 0) {
        return 0;
    }
    assert_int_equal(read(file, text, sizeof text), 11);
    close(file);
    assert_int_equal(text[10], '\n');
    return strtol(text, NULL, 10);
}

// A pid that was a program's, and is none any more.
static long ended_pid(void)
{
    pid_t child = fork();

    if (child == 0) {
        _exit(0);
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
    return child;
}

static void a_pty_gets_no_lock_file(void **state)
{
    (void)state;
    struct serial *line = serial_bench_open();
    assert_int_equal(locked_by(), 0);
    serial_close(line);
}

static void a_port_has_a_lock_file_while_it_is_open(void **state)
{
    (void)state;
    serial_bench.wired = true;
    struct serial *line = serial_bench_open();
    assert_int_equal(locked_by(), getpid());
    serial_close(line);
    assert_int_equal(locked_by(), 0);
}

static void a_link_to_a_port_has_the_lock_of_the_port(void **state)
{
    char link[SERIAL_BENCH_PATH_BYTES + 16];
    struct problem problem;
    struct serial *line;
    (void)state;

    serial_bench.wired = true;
    snprintf(link, sizeof link, "%s/by-id", serial_bench.folder);
    assert_int_equal(symlink(serial_bench.port, link), 0);
    assert_int_equal(serial_open(&line, link, &problem), 0);
    assert_int_equal(locked_by(), getpid());
    serial_close(line);
    unlink(link);
}

static void a_lock_of_a_program_that_runs_is_honoured(void **state)
{
    struct problem problem;
    struct serial *line;
    char wanted[64];
    int parent = getppid();
    (void)state;

    serial_bench.wired = true;
    lock_names(parent);
    assert_int_equal(serial_open(&line, serial_bench.port, &problem), EXIT_FAILED);
    snprintf(wanted, sizeof wanted, ": port busy, held by pid %d (", parent);
    assert_non_null(strstr(problem.what, wanted));
    assert_non_null(strstr(problem.what, serial_bench.lock));
    assert_null(strstr(problem.what, "(?)"));
    assert_int_equal(locked_by(), parent);
    write_lock(&parent, sizeof parent); // as old programs have it
    assert_int_equal(serial_open(&line, serial_bench.port, &problem), EXIT_FAILED);
    assert_non_null(strstr(problem.what, wanted));
}

static void a_stale_lock_is_taken_over(void **state)
{
    (void)state;
    serial_bench.wired = true;
    lock_names(ended_pid());
    struct serial *line = serial_bench_open();
    assert_int_equal(locked_by(), getpid());
    serial_close(line);
    assert_int_equal(locked_by(), 0);
}

static void a_lock_that_names_nobody_is_told(void **state)
{
    struct problem problem;
    struct serial *line;
    (void)state;

    serial_bench.wired = true;
    write_lock("mine!\n", 6);
    assert_int_equal(serial_open(&line, serial_bench.port, &problem), EXIT_FAILED);
    assert_non_null(strstr(problem.what, "does not say who holds it"));
    assert_non_null(strstr(problem.try_this, serial_bench.lock));
}

static void a_lock_of_somebody_else_is_not_removed(void **state)
{
    (void)state;
    serial_bench.wired = true;
    struct serial *line = serial_bench_open();
    lock_names(getppid());
    serial_close(line);
    assert_int_equal(locked_by(), getppid());
}

static void without_a_folder_for_locks_there_is_none(void **state)
{
    char folder[SERIAL_BENCH_PATH_BYTES];
    (void)state;

    serial_bench.wired = true;
    memcpy(folder, serial_bench.folder, sizeof folder);
    strcat(serial_bench.folder, "/none");
    serial_close(serial_bench_open());
    serial_bench.folder[0] = '\0';
    serial_close(serial_bench_open());
    memcpy(serial_bench.folder, folder, sizeof folder);
}

static void who_locks_the_port_is_told(void **state)
{
    struct problem problem;
    struct serial *line;
    char wanted[64];
    int ready[2];
    char byte;
    (void)state;

    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        int file = open(serial_bench.port, O_RDWR | O_NOCTTY);
        _exit(flock(file, LOCK_EX) != 0 || write(ready[1], "", 1) != 1 || pause());
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(serial_open(&line, serial_bench.port, &problem), EXIT_FAILED);
    snprintf(wanted, sizeof wanted, "another program uses this port: pid %d (test_serial_loc)",
             child);
    assert_non_null(strstr(problem.what, wanted));
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    close(ready[0]);
    close(ready[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_pty_gets_no_lock_file, serial_bench_set_up,
                                        serial_bench_tear_down),
        cmocka_unit_test_setup_teardown(a_port_has_a_lock_file_while_it_is_open,
                                        serial_bench_set_up, serial_bench_tear_down),
        cmocka_unit_test_setup_teardown(a_link_to_a_port_has_the_lock_of_the_port,
                                        serial_bench_set_up, serial_bench_tear_down),
        cmocka_unit_test_setup_teardown(a_lock_of_a_program_that_runs_is_honoured,
                                        serial_bench_set_up, serial_bench_tear_down),
        cmocka_unit_test_setup_teardown(a_stale_lock_is_taken_over, serial_bench_set_up,
                                        serial_bench_tear_down),
        cmocka_unit_test_setup_teardown(a_lock_that_names_nobody_is_told, serial_bench_set_up,
                                        serial_bench_tear_down),
        cmocka_unit_test_setup_teardown(a_lock_of_somebody_else_is_not_removed, serial_bench_set_up,
                                        serial_bench_tear_down),
        cmocka_unit_test_setup_teardown(without_a_folder_for_locks_there_is_none,
                                        serial_bench_set_up, serial_bench_tear_down),
        cmocka_unit_test_setup_teardown(who_locks_the_port_is_told, serial_bench_set_up,
                                        serial_bench_tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
