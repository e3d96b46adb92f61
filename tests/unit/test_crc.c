// test_crc.c: the CRC unit has the check values that everybody else has.
// SPDX-License-Identifier: MIT
//
// The values are those of the catalogue of parametrised CRC algorithms for "123456789"; that of a
// word is binascii.crc32's of the same bits, turned round.
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { CRC = 0x40023000, DR = CRC, CR = CRC + 8, INIT = CRC + 16, POL = CRC + 20, RESET = 1 };

static const char text[] = "123456789";

static void set_up(struct bench *bench, const char *slug)
{
    bench_open(bench, device_find(slug));
    block_start_clock(block_at(&bench->chip, CRC));
}

static void put(struct bench *bench, uint32_t address, uint32_t value)
{
    bus_write(&bench->chip, address, 4, value);
}

static uint32_t get(struct bench *bench)
{
    return bus_read(&bench->chip, DR, 4);
}

static void of_words(void **state)
{
    static const char *const slugs[] = {"f10medium", "f2", "f405", "l1xe", "f303xe", "g47", "u575"};
    (void)state;

    for (size_t i = 0; i < sizeof slugs / sizeof slugs[0]; i++) {
        struct bench bench;
        set_up(&bench, slugs[i]);
        assert_int_equal(get(&bench), 0xFFFFFFFF);
        put(&bench, DR, 0x12345678);
        assert_int_equal(get(&bench), 0xDF8A8A2B);
        put(&bench, CR, RESET);
        assert_int_equal(get(&bench), 0xFFFFFFFF);
        assert_int_equal(bus_read(&bench.chip, CR, 4), 0);
        bench_close(&bench);
    }
}

static const struct {
    const char *name;
    uint32_t polynomial, start, control, check;
} catalogue[] = {
    {"CRC-32/MPEG-2", 0x04C11DB7, 0xFFFFFFFF, 0x00, 0x0376E6E7},
    {"CRC-32/JAMCRC", 0x04C11DB7, 0xFFFFFFFF, 0xA0, 0x340BC6D9}, // ~0xCBF43926, that of zlib
    {"CRC-16/XMODEM", 0x1021, 0x0000, 0x08, 0x31C3},
    {"CRC-16/MODBUS", 0x8005, 0xFFFF, 0xA8, 0x4B37},
    {"CRC-8/SMBUS", 0x07, 0x00, 0x10, 0xF4},
    {"CRC-7/MMC", 0x09, 0x00, 0x18, 0x75},
};

static void of_bytes_with_any_polynomial(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "g47");
    for (size_t i = 0; i < sizeof catalogue / sizeof catalogue[0]; i++) {
        put(&bench, POL, catalogue[i].polynomial);
        put(&bench, INIT, catalogue[i].start);
        put(&bench, CR, catalogue[i].control | RESET);
        for (size_t j = 0; j < strlen(text); j++) {
            bus_write(&bench.chip, DR, 1, (uint8_t)text[j]);
        }
        if (get(&bench) != catalogue[i].check) {
            fail_msg("%s: 0x%X", catalogue[i].name, (unsigned)get(&bench));
        }
    }
    bench_close(&bench);
}

// A half-word is its high byte and then its low one; turned by words, all bits of it change places.
static void of_half_words(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "g47");
    bus_write(&bench.chip, DR, 2, 0x1234);
    bus_write(&bench.chip, DR, 2, 0x5678);
    assert_int_equal(get(&bench), 0xDF8A8A2B);
    put(&bench, CR, 0x60 | RESET); // REV_IN: word
    put(&bench, DR, 0x1E6A2C48);   // 0x12345678 from the other end
    assert_int_equal(get(&bench), 0xDF8A8A2B);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_words),
        cmocka_unit_test(of_bytes_with_any_polynomial),
        cmocka_unit_test(of_half_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
