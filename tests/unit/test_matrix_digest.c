// test_matrix_digest.c: the digest is over the sorted lines, whoever wrote them and when.
// SPDX-License-Identifier: MIT
#include "matrix_digest.h"

#include "devices.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

// sha256sum of these lines in order: "g0b1 ... mpu", "g0b1 ... thread", "h723 b direct ...",
// "h723 b reset ...".
#define SORTED "dd6e2a17c0788aa9da847eb25ecd5ce1c8f9012e55db33e2285b554ff64e79b1"

static void put(const struct matrix_digest *digest, const char *line)
{
    char slug[8];

    snprintf(slug, sizeof slug, "%.4s", line);
    size_t device = (size_t)(device_find(slug) - devices);
    fprintf(matrix_digest_lines(digest, device).file, "%s\n", line);
}

static void open_digest(struct matrix_digest *digest)
{
    struct problem problem;

    *digest = (struct matrix_digest){0};
    assert_int_equal(matrix_digest_fields(digest, NULL, &problem), 0);
    assert_int_equal(matrix_digest_open(digest, &problem), 0);
}

static void check_digest(struct matrix_digest *digest, uint64_t lines)
{
    struct problem problem;

    assert_int_equal(matrix_digest_make(digest, &problem), 0);
    assert_int_equal(digest->lines, lines);
    assert_string_equal(digest->sha256, SORTED);
    matrix_digest_close(digest);
}

static void test_lines_are_sorted(void **state)
{
    struct matrix_digest digest;

    (void)state;
    open_digest(&digest);
    put(&digest, "h723 b reset states/thread");
    put(&digest, "g0b1 b reset states/thread");
    put(&digest, "g0b1 b reset states/mpu");
    put(&digest, "h723 b direct states/thread");
    check_digest(&digest, 4);
}

// As the workers of the matrix: they end without closing anything.
static void test_processes_share_the_files(void **state)
{
    static const char *const lines[] = {"h723 b direct states/thread", "g0b1 b reset states/thread",
                                        "g0b1 b reset states/mpu", "h723 b reset states/thread"};
    struct matrix_digest digest;

    (void)state;
    open_digest(&digest);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        pid_t pid = fork();
        int status = -1;
        if (pid == 0) {
            put(&digest, lines[i]);
            _exit(0);
        }
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_int_equal(status, 0);
    }
    check_digest(&digest, 4);
}

static void test_fields_are_by_name(void **state)
{
    struct matrix_digest digest = {0};
    struct problem problem = {0};
    char list[MATRIX_DIGEST_FIELDS];

    (void)state;
    assert_int_equal(matrix_digest_fields(&digest, "resets,earned,points", &problem), 0);
    matrix_digest_list(&digest, list, sizeof list);
    assert_string_equal(list, "points,resets,earned");
    assert_int_equal(matrix_digest_fields(&digest, NULL, &problem), 0);
    matrix_digest_list(&digest, list, sizeof list);
    assert_string_equal(list, "points,outcome,refusal,handoffs,resets,unmodelled");
    assert_int_equal(matrix_digest_fields(&digest, "points,reset", &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "\"reset\""));
    assert_non_null(strstr(problem.try_this, "resets,unmodelled"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_are_sorted),
        cmocka_unit_test(test_processes_share_the_files),
        cmocka_unit_test(test_fields_are_by_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
