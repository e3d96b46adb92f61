// test_image_file.c: what is no file, or does not stay one, is refused and never waited for.
// SPDX-License-Identifier: MIT
#include "image_bench.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATH = 64 };

static void in_folder(char path[PATH], const char *folder, const char *name)
{
    snprintf(path, PATH, "%s/%s", folder, name);
}

static void assert_refused(const char *path, const char *why)
{
    struct image image;
    struct problem problem;

    assert_int_equal(image_open(&image, path, 0, &problem), EXIT_USAGE);
    if (!strstr(problem.what, why)) {
        fail_msg("\"%s\" instead of \"%s\"", problem.what, why);
    }
}

static void test_what_is_no_file(void **state)
{
    char path[PATH];

    assert_refused("/nowhere/app.elf", "open /nowhere/app.elf: No such file or directory");
    assert_refused("/tmp", "open /tmp: Is a directory");
    assert_refused("/dev/zero", "open /dev/zero: a device, not a file");
    in_folder(path, *state, "large");
    int file = open(path, O_WRONLY | O_CREAT, 0600);
    assert_int_equal(ftruncate(file, (off_t)257 * 1024 * 1024), 0);
    close(file);
    assert_refused(path, "too large for a firmware, at most 256 MB");
    unlink(path);
    if (geteuid() != 0) { // who may read everything
        close(open(path, O_WRONLY | O_CREAT, 0));
        assert_refused(path, "Permission denied");
        unlink(path);
    }
}

// The linker has the reader call this in place of poll(): a test can say that time has passed.
static bool skips_waiting;
static int waited_ms;

int __real_poll(struct pollfd *fds, nfds_t count, int timeout);
int __wrap_poll(struct pollfd *fds, nfds_t count, int timeout);

int __wrap_poll(struct pollfd *fds, nfds_t count, int timeout)
{
    waited_ms += timeout;
    return skips_waiting ? 0 : __real_poll(fds, count, timeout);
}

static void assert_refused_after(const char *path, const char *why, int least_ms, int most_ms)
{
    waited_ms = 0;
    skips_waiting = true;
    assert_refused(path, why);
    skips_waiting = false;
    assert_in_range(waited_ms, least_ms, most_ms);
}

static void test_a_pipe_without_a_writer(void **state)
{
    char path[PATH];

    in_folder(path, *state, "pipe");
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_refused_after(path, "a pipe that nobody writes into", 500, 2000);
    unlink(path);
}

static void test_a_pipe_that_is_silent(void **state)
{
    char path[PATH];

    in_folder(path, *state, "pipe");
    assert_int_equal(mkfifo(path, 0600), 0);
    int both = open(path, O_RDWR); // a writer, for as long as this is open
    assert_true(both >= 0);
    assert_refused_after(path, "nothing came through this pipe for 10 s", 10000, 10000);
    close(both);
    unlink(path);
}

static void *write_late(void *path)
{
    static const char text[] = ":0200000061623B\n:00000001FF\n";
    int file = open(path, O_WRONLY); // waits for who reads

    for (size_t i = 0; i < sizeof text - 1; i++) {
        assert_int_equal(write(file, text + i, 1), 1);
    }
    close(file);
    return NULL;
}

static void test_a_pipe_with_a_writer(void **state)
{
    char path[PATH];
    struct image image;
    struct problem problem;
    pthread_t writer;

    in_folder(path, *state, "pipe");
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(pthread_create(&writer, NULL, write_late, path), 0);
    assert_int_equal(image_open(&image, path, 0, &problem), 0);
    bench_assert_segment(&image, 0, 0, "ab");
    image_close(&image);
    pthread_join(writer, NULL);
    unlink(path);
}

// The linker has the reader call this in place of read(), so that something can happen meanwhile.
static void (*meanwhile)(const char *path);
static const char *changing;

ssize_t __real_read(int fd, void *bytes, size_t size);
ssize_t __wrap_read(int fd, void *bytes, size_t size);

ssize_t __wrap_read(int fd, void *bytes, size_t size)
{
    if (meanwhile) {
        meanwhile(changing);
        meanwhile = NULL;
    }
    return __real_read(fd, bytes, size);
}

static void write_file(const char *path, const char *text, int flags)
{
    int file = open(path, O_WRONLY | O_CREAT | flags, 0600);

    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    close(file);
}

static void grow(const char *path)
{
    write_file(path, "more", O_APPEND);
}

static void rewrite(const char *path)
{
    const struct timespec times[2] = {{1, 0}, {1, 0}}; // a second write of as many bytes

    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void replace(const char *path)
{
    char other[PATH + 8];

    snprintf(other, sizeof other, "%s.new", path);
    write_file(other, "text", 0);
    assert_int_equal(rename(other, path), 0);
}

static void remove_it(const char *path)
{
    assert_int_equal(unlink(path), 0);
}

static void test_a_file_that_changes(void **state)
{
    void (*const changes[])(const char *path) = {grow, rewrite, replace, remove_it};
    char path[PATH];

    in_folder(path, *state, "changing");
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        write_file(path, "text", O_TRUNC);
        changing = path;
        meanwhile = changes[i];
        assert_refused(path, "the file changed while it was read");
    }
}

static int make_folder(void **state)
{
    static char folder[] = "/tmp/test_image_file.XXXXXX";

    *state = mkdtemp(folder);
    return *state ? 0 : -1;
}

static int remove_folder(void **state)
{
    return rmdir(*state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_no_file),
        cmocka_unit_test(test_a_pipe_without_a_writer),
        cmocka_unit_test(test_a_pipe_that_is_silent),
        cmocka_unit_test(test_a_pipe_with_a_writer),
        cmocka_unit_test(test_a_file_that_changes),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
