// test_port_holder.c: who has a port open is found, by a real terminal and in a folder made for it.
// SPDX-License-Identifier: MIT
#include "port_holder.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

// The user's end of a new terminal.
static const char *new_terminal(int *master)
{
    *master = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(*master >= 0);
    assert_int_equal(grantpt(*master), 0);
    assert_int_equal(unlockpt(*master), 0);
    return ptsname(*master);
}

// A child that has the port open, and is there once this returns.
static pid_t holds(const char *port)
{
    int ready[2];
    char byte;

    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        int file = open(port, O_RDWR | O_NOCTTY);
        if (write(ready[1], "", 1) != 1 || file < 0) {
            _exit(1);
        }
        pause();
        _exit(0);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    close(ready[1]);
    return child;
}

static void another_program_is_named(void **state)
{
    struct port_holder holder;
    char link[] = "/tmp/bootleap-port-XXXXXX", scheme[64];
    int master;
    const char *port = new_terminal(&master);
    pid_t child = holds(port);

    (void)state;
    assert_true(port_holder_find(&holder, "", port));
    assert_int_equal(holder.pid, child);
    assert_string_equal(holder.name, "test_port_holde"); // Linux keeps 15 characters
    snprintf(scheme, sizeof scheme, "serial:%s", port);
    assert_true(port_holder_find(&holder, "", scheme));
    assert_non_null(mkdtemp(link));
    assert_int_equal(rmdir(link), 0);
    assert_int_equal(symlink(port, link), 0);
    assert_true(port_holder_find(&holder, "", link));
    assert_int_equal(holder.pid, child);
    unlink(link);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    assert_false(port_holder_find(&holder, "", port));
    close(master);
}

static void this_program_does_not_count(void **state)
{
    struct port_holder holder;
    int master;
    const char *port = new_terminal(&master);
    int file = open(port, O_RDWR | O_NOCTTY);

    (void)state;
    assert_true(file >= 0);
    assert_false(port_holder_find(&holder, "", port));
    close(file);
    close(master);
}

static void a_folder_stands_for_the_computer(void **state)
{
    char root[] = "/tmp/bootleap-root-XXXXXX", path[128];
    struct port_holder holder;

    (void)state;
    assert_non_null(mkdtemp(root));
    assert_false(port_holder_find(&holder, root, "/dev/ttyUSB0")); // no /proc at all
    static const char *const folders[] = {"/proc", "/proc/812", "/proc/812/fd", "/proc/sys"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(path, sizeof path, "%s%s", root, folders[i]);
        assert_int_equal(mkdir(path, 0700), 0);
    }
    snprintf(path, sizeof path, "%s/proc/812/fd/9", root);
    assert_int_equal(symlink("/dev/ttyUSB0", path), 0);
    assert_true(port_holder_find(&holder, root, "/dev/ttyUSB0"));
    assert_int_equal(holder.pid, 812);
    assert_string_equal(holder.name, ""); // it ended meanwhile
    assert_false(port_holder_find(&holder, root, "/dev/ttyUSB1"));
    unlink(path);
    for (size_t i = sizeof folders / sizeof *folders; i > 0; i--) {
        snprintf(path, sizeof path, "%s%s", root, folders[i - 1]);
        assert_int_equal(rmdir(path), 0);
    }
    assert_int_equal(rmdir(root), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_program_is_named),
        cmocka_unit_test(this_program_does_not_count),
        cmocka_unit_test(a_folder_stands_for_the_computer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
