// test_disk.c: files and folders, with names that no code page has.
// SPDX-License-Identifier: MIT
#include "disk.h"
#include "image.h"
#include "scratch.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

// Latin, Greek, Chinese, and a character beyond 16 bits.
static const char name[] = "f\xC3\xBC\xCE\xBB\xE4\xB8\xAD\xF0\x9F\x94\x8C";

static void write_file(const char *path, const char *text)
{
    FILE *file = disk_open(path, "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(disk_flush(file), 0);
    assert_int_equal(fclose(file), 0);
}

static void a_folder_is_made_looked_into_and_removed(void **state)
{
    char folder[SCRATCH_BYTES], inside[SCRATCH_BYTES + sizeof name];
    bool empty = false;
    (void)state;

    assert_true(scratch_folder(folder));
    snprintf(inside, sizeof inside, "%s/%s", folder, name);
    assert_int_equal(disk_look_into(folder, &empty), 0);
    assert_true(empty);
    assert_int_equal(disk_kind(inside), DISK_NOTHING);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(disk_look_into(inside, &empty), -1);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(disk_make_folder(inside), 0);
    assert_int_equal(disk_kind(inside), DISK_FOLDER);
    assert_int_equal(disk_look_into(folder, &empty), 0);
    assert_false(empty);
    assert_int_equal(disk_make_folder(inside), -1);
    assert_int_equal(errno, EEXIST);
    assert_int_equal(disk_remove_folder(folder), -1); // there is something in it
    assert_int_equal(disk_remove_folder(inside), 0);
    assert_int_equal(disk_remove_folder(folder), 0);
    assert_int_equal(disk_kind(folder), DISK_NOTHING);
}

static void a_file_has_the_bytes_that_were_written(void **state)
{
    static const char text[] = "one\ntwo\r\n\x1A three"; // what Windows changes, and its end mark
    char folder[SCRATCH_BYTES], path[SCRATCH_BYTES + sizeof name], back[64] = "";
    bool empty;
    (void)state;

    assert_true(scratch_folder(folder));
    snprintf(path, sizeof path, "%s/%s", folder, name);
    write_file(path, text);
    assert_int_equal(disk_kind(path), DISK_FILE);
    FILE *file = disk_open(path, "r");
    assert_non_null(file);
    assert_int_equal(fread(back, 1, sizeof back, file), sizeof text - 1);
    assert_int_equal(fclose(file), 0);
    assert_string_equal(back, text);
    assert_int_equal(disk_look_into(path, &empty), -1);
    assert_int_equal(errno, ENOTDIR);
    assert_int_equal(disk_remove(path), 0);
    assert_null(disk_open(path, "r"));
    assert_int_equal(errno, ENOENT);
    assert_int_equal(disk_remove_folder(folder), 0);
}

static void a_file_takes_the_place_of_another_one(void **state)
{
    char folder[SCRATCH_BYTES], old[SCRATCH_BYTES + sizeof name], new[SCRATCH_BYTES + sizeof name];
    char back[8] = "";
    (void)state;

    assert_true(scratch_folder(folder));
    snprintf(old, sizeof old, "%s/old", folder);
    snprintf(new, sizeof new, "%s/%s", folder, name);
    write_file(old, "old");
    write_file(new, "newest");
    assert_int_equal(disk_rename(old, new), 0);
    assert_int_equal(disk_kind(old), DISK_NOTHING);
    FILE *file = disk_open(new, "r");
    assert_non_null(file);
    assert_int_equal(fread(back, 1, sizeof back, file), 3);
    assert_int_equal(fclose(file), 0);
    assert_string_equal(back, "old");
    assert_int_equal(disk_rename(old, new), -1);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(disk_remove(new), 0);
    assert_int_equal(disk_remove_folder(folder), 0);
}

static void a_firmware_file_may_have_any_name(void **state)
{
    char folder[SCRATCH_BYTES], path[SCRATCH_BYTES + sizeof name];
    struct image image;
    struct problem problem;
    (void)state;

    assert_true(scratch_folder(folder));
    snprintf(path, sizeof path, "%s/%s", folder, name);
    write_file(path, "abcd");
    assert_int_equal(image_open(&image, path, 0x08000000, &problem), 0);
    assert_int_equal(image.segments[0].size, 4);
    image_close(&image);
    assert_int_equal(image_open(&image, folder, 0x08000000, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "Is a directory"));
    write_file(path, "");
    assert_int_equal(image_open(&image, path, 0x08000000, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "the file is empty"));
    assert_int_equal(disk_remove(path), 0);
    assert_int_equal(image_open(&image, path, 0x08000000, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "No such file or directory"));
    assert_int_equal(disk_remove_folder(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_is_made_looked_into_and_removed),
        cmocka_unit_test(a_file_has_the_bytes_that_were_written),
        cmocka_unit_test(a_file_takes_the_place_of_another_one),
        cmocka_unit_test(a_firmware_file_may_have_any_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
