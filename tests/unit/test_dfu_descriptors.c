// test_dfu_descriptors.c: what ROMs tell of themselves over USB, beside what real ones have told.
// SPDX-License-Identifier: MIT
//
// The expected strings are those that people have published of their boards.
#include "usb_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

// The string of a memory, which its interface names.
static const char *memory_string(const struct usb_bench *ub, unsigned memory)
{
    return ub->plugged->strings[ub->plugged->configuration[9 + 9 * memory + 8] - 1];
}

struct told {
    const char *slug;
    uint16_t version; // 0: the newest
    unsigned release, transfer_size;
    const char *memories[5];
};

static const struct told told[] = {
    // community.st.com thread 512170, of an STM32F407
    {"f405",
     0,
     0x2200,
     2048,
     {"@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg",
      "@Option Bytes  /0x1FFFC000/01*016 e", "@OTP Memory /0x1FFF7800/01*512 e,01*016 e",
      "@Device Feature/0xFFFF0000/01*004 e"}},
    // gist.github.com/fboris, with the letters of V3.0 (AN2606 Rev 70, Table 74)
    {"f405",
     0x30,
     0x2100,
     2048,
     {"@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg",
      "@Option Bytes  /0x1FFFC000/01*016 g", "@OTP Memory /0x1FFF7800/01*512 g,01*016 g",
      "@Device Feature/0xFFFF0000/01*004 g"}},
    // github.com/zmkfirmware/zmk issue 1711, of an STM32F411
    {"f411",
     0,
     0x2200,
     2048,
     {"@Internal Flash  /0x08000000/04*016Kg,01*064Kg,03*128Kg",
      "@Option Bytes  /0x1FFFC000/01*016 e", "@OTP Memory /0x1FFF7800/01*512 e,01*016 e",
      "@Device Feature/0xFFFF0000/01*004 e"}},
    // betaflight-configurator, src/js/protocols/stm32usbdfu.js
    {"f303xc",
     0,
     0x2200,
     2048,
     {"@Internal Flash  /0x08000000/128*0002Kg", "@Option Bytes  /0x1FFFF800/01*016 e"}},
    {"f74", 0, 0x2200, 2048, {"@Internal Flash  /0x08000000/04*032Kg,01*128Kg,03*256Kg"}},
    // github.com/keirf/flashfloppy issue 462, of an STM32F105
    {"f105",
     0x22,
     0x2200,
     2048,
     {"@Internal Flash  /0x08000000/128*002Kg", "@Option Bytes  /0x1FFFF800/01*016 e"}},
    // the same before V2.2 (AN2606 Rev 70, Table 48)
    {"f105",
     0x21,
     0x2200,
     2048,
     {"@Internal Flash  /0x08000000/128*002Kg", "@Option Bytes  /0x1FFFF800/01*016 g"}},
    // nanovna-saver issue 134, of an STM32F072
    {"f072",
     0,
     0x2200,
     2048,
     {"@Internal Flash  /0x08000000/064*0002Kg", "@Option Bytes  /0x1FFFF800/01*016 e"}},
    // PexMor/bigclown-notes, setup/README.md, of an STM32L083
    {"l07",
     0,
     0x2200,
     2048,
     {"@Internal Flash  /0x08000000/1536*128g", "@Option Bytes  /0x1FF80000/01*032 e",
      "@DATA Memory /0x08080000/2*3Ke"}},
    // github.com/mobilinkd/tnc3-firmware issue 12, of an STM32L433
    {"l43",
     0,
     0x2200,
     2048,
     {"@Internal Flash  /0x08000000/0128*0002Kg", "@Option Bytes  /0x1FFF7800/01*040 e",
      "@OTP Memory /0x1FFF7000/01*0001Ke", "@Device Feature/0xFFFF0000/01*004 e"}},
    // Zephyr, boards/st/sensortile_box/doc/index.rst, of an STM32L4R9
    {"l4r",
     0,
     0x2200,
     2048,
     {"@Internal Flash  /0x08000000/512*0004Kg",
      "@Option Bytes  /0x1FF00000/01*040 e/0x1FF01000/01*040 e",
      "@OTP Memory /0x1FFF7000/01*0001Ke"}},
    // NuttX, weact-stm32h750/index.rst, and Daisy Seed: 2 MB though there are less
    {"h743",
     0,
     0x0200,
     1024,
     {"@Internal Flash   /0x08000000/16*128Kg", "@Option Bytes   /0x5200201C/01*128 e"}},
    // github.com/o-murphy/pydfuutil issue 15, and V9.0 (AN2606 Rev 70, Table 138: 256 x 2 KB)
    {"h7a3",
     0,
     0x0200,
     1024,
     {"@Internal Flash   /0x08000000/256*08Kg", "@Option Bytes   /0x5200201C/01*297 e",
      "@OTP Memory   /0x08FFF000/01*1024 e"}},
    {"h7a3", 0x90, 0x0200, 1024, {"@Internal Flash   /0x08000000/256*02Kg"}},
    // Zephyr, boards/st/steval_stwinbx1/doc/index.rst, of an STM32U585
    {"u575",
     0,
     0x0200,
     1024,
     {"@Internal Flash   /0x08000000/256*08Kg", "@Option Bytes   /0x40022040/01*64 e",
      "@OTP Memory   /0x0BFA0000/01*512 e"}},
    // a board with an STM32G474, 512 KB in two banks; betaflight-configurator on its option bytes
    {"g47",
     0,
     0x0200,
     1024,
     {"@Internal Flash   /0x08000000/256*02Kg",
      "@Option Bytes   /0x1FFF7800/01*048 e/0x1FFFF800/01*048 e",
      "@OTP Memory   /0x1FFF7000/01*1024 e"}},
};

static void assert_told(const struct told *wanted)
{
    struct usb_bench ub;
    const uint8_t *functional;

    usb_bench_open(&ub, wanted->slug, wanted->version);
    usb_bench_plug(&ub);
    for (int i = 0; wanted->memories[i]; i++) {
        assert_string_equal(memory_string(&ub, (unsigned)i), wanted->memories[i]);
    }
    assert_int_equal(ub.plugged->device[12] | ub.plugged->device[13] << 8, wanted->release);
    functional = ub.plugged->configuration + ub.plugged->configuration[2] - 9;
    assert_int_equal(functional[5] | functional[6] << 8, wanted->transfer_size);
    usb_bench_close(&ub);
}

static void it_tells_what_real_ones_told(void **state)
{
    (void)state;

    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        assert_told(&told[i]);
    }
}

// The lsusb -v of that STM32F407, byte for byte.
static void its_descriptors_are_those_of_dfu(void **state)
{
    static const uint8_t device[18] = {18,   1,    0x00, 0x01, 0,    0, 0, 64, 0x83,
                                       0x04, 0x11, 0xDF, 0x00, 0x22, 1, 2, 3,  1};
    static const uint8_t head[9] = {9, 2, 54, 0, 1, 1, 0, 0xC0, 50};
    static const uint8_t functional[9] = {9, 0x21, 0x0B, 255, 0, 0x00, 0x08, 0x1A, 0x01};
    const uint8_t *configuration;
    struct usb_bench ub;
    (void)state;

    usb_bench_open(&ub, "f405", 0);
    usb_bench_plug(&ub);
    configuration = ub.plugged->configuration;
    assert_memory_equal(ub.plugged->device, device, sizeof device);
    assert_memory_equal(configuration, head, sizeof head);
    for (uint8_t i = 0; i < 4; i++) {
        const uint8_t one[9] = {9, 4, 0, i, 0, 0xFE, 1, 2, (uint8_t)(4 + i)};
        assert_memory_equal(configuration + 9 + 9 * i, one, sizeof one);
    }
    assert_memory_equal(configuration + 45, functional, sizeof functional);
    assert_string_equal(ub.plugged->strings[0], "STMicroelectronics");
    assert_string_equal(ub.plugged->strings[1], "STM32  BOOTLOADER");
    assert_null(ub.plugged->strings[3 + 4]);
    usb_bench_close(&ub);
}

// 2 MB in two banks whose sectors begin small again.
static void two_banks_follow_each_other(void **state)
{
    struct usb_bench ub;
    (void)state;

    usb_bench_open(&ub, "f42", 0);
    usb_bench_plug(&ub);
    assert_string_equal(memory_string(&ub, 0),
                        "@Internal Flash  /0x08000000/"
                        "04*016Kg,01*064Kg,07*128Kg,04*016Kg,01*064Kg,07*128Kg");
    usb_bench_close(&ub);
}

static void assert_flash(const char *slug, const struct page_run *pages, uint32_t size, bool worst,
                         const char *wanted)
{
    struct usb_bench ub;

    usb_bench_open(&ub, slug, 0);
    ub.device.pages = pages ? pages : ub.device.pages;
    ub.device.flash.size = size;
    ub.rom.worst = worst;
    usb_bench_plug(&ub);
    assert_string_equal(memory_string(&ub, 0), wanted);
    usb_bench_close(&ub);
}

// A chip with half the flash, a hole where there is one, and a second bank whose pages have no
// number that anybody knows. At worst it is that of the largest chip of the line.
static void the_flash_is_that_of_the_chip(void **state)
{
    static const struct page_run one[] = {{0x08000000, 0, 1, 0x20000, 0}, {0}}; // STM32H750
    static const struct page_run half[] = {{0x08000000, 0, 64, 0x2000, 0}, {0}};
    static const struct page_run hole[] = {
        {0x08000000, 0, 32, 0x2000, 0}, {0x08100000, 128, 32, 0x2000, 0}, {0}};
    (void)state;

    assert_flash("u575", half, 0x80000, false, "@Internal Flash   /0x08000000/64*08Kg");
    assert_flash("u575", half, 0x100000, false, "@Internal Flash   /0x08000000/128*08Kg");
    assert_flash("u575", hole, 0x140000, false,
                 "@Internal Flash   /0x08000000/32*08Kg/0x08100000/32*08Kg");
    assert_flash("f405", NULL, 0x80000, false,
                 "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,03*128Kg");
    assert_flash("f405", NULL, 0x10000, false, "@Internal Flash  /0x08000000/04*016Kg");
    assert_flash("f405", NULL, 0x80000, true,
                 "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg");
    assert_flash("u575", half, 0x80000, true, "@Internal Flash   /0x08000000/256*08Kg");
    assert_flash("h743", one, 0x20000, false, "@Internal Flash   /0x08000000/16*128Kg");
}

// libopencm3 issue 760; community.st.com, Parallel programming over USB DFU (2025-10); Klipper's
// serial number 2B0007000C50425539393020 of a board whose ROM has 203739645542.
static void the_serial_number_is_made_of_the_unique_id(void **state)
{
    static const struct {
        const char *slug;
        uint32_t words[3];
        const char *serial;
    } cases[] = {
        {"f405", {0x002d0030, 0x3334510b, 0x32313533}, "325E35633334"},
        {"u575", {0x00580027, 0x3331500b, 0x20333153}, "208B317A3331"},
        {"g0b1", {0x0007002B, 0x5542500C, 0x20303939}, "203739645542"},
        {"f303xc", {0x003b0041, 0x50335706, 0x20333333}, "206E33742033"}, // by the rule for F3
        {"f072", {0x003b0041, 0x50335706, 0x20333333}, "FFFFFFFEFFFF"},
        {"f105", {1, 2, 3}, "STM32"},
        {"h743", {1, 2, 3}, "200364500000"},
    };
    struct usb_bench ub;
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        usb_bench_open(&ub, cases[i].slug, 0);
        memcpy(memory_at(&ub.bench.chip.memory, ub.device.uid, 8), cases[i].words, 8);
        memcpy(memory_at(&ub.bench.chip.memory, ub.device.uid_last, 4), &cases[i].words[2], 4);
        usb_bench_plug(&ub);
        assert_string_equal(ub.plugged->strings[2], cases[i].serial);
        usb_bench_close(&ub);
    }
}

// CubeProgrammer's log of an STM32H743 (community.st.com thread 0D53W00000HM7kF).
static void newer_ones_have_strings_elsewhere(void **state)
{
    struct usb_bench ub;
    (void)state;

    usb_bench_open(&ub, "h743", 0);
    usb_bench_plug(&ub);
    assert_int_equal(ub.plugged->device[2] | ub.plugged->device[3] << 8, 0x0200);
    assert_int_equal(ub.plugged->configuration[2], 0x24);
    assert_int_equal(ub.plugged->configuration[6], 2);
    assert_int_equal(ub.plugged->configuration[9 + 8], 6);
    assert_string_equal(ub.plugged->strings[1], "DFU in FS Mode");
    usb_bench_close(&ub);
}

// Its three settings have one name (community.st.com thread 839156, of an STM32G0C1).
static void a_memory_may_have_the_string_of_the_flash(void **state)
{
    struct usb_bench ub;
    (void)state;

    usb_bench_open(&ub, "g0b1", 0);
    usb_bench_plug(&ub);
    for (int i = 0; i < 3; i++) {
        assert_string_equal(memory_string(&ub, (unsigned)i),
                            "@Internal Flash   /0x08000000/256*02Kg");
    }
    assert_int_equal(ub.plugged->configuration[2], 9 + 3 * 9 + 9);
    usb_bench_close(&ub);
}

// Every row whose ROM is on USB has a device, with strings that fit into a descriptor.
static void every_row_has_its_strings(void **state)
{
    unsigned count = 0;
    (void)state;

    for (size_t i = 0; i < device_count; i++) {
        struct usb_bench ub;

        if (!devices[i].dfu.transfer_size) {
            continue;
        }
        count++;
        usb_bench_open(&ub, devices[i].slug, 0);
        usb_bench_plug(&ub);
        for (const char *const *string = ub.plugged->strings; *string; string++) {
            assert_in_range(strlen(*string), 0, 126);
        }
        usb_bench_close(&ub);
    }
    assert_in_range(count, 50, device_count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_tells_what_real_ones_told),
        cmocka_unit_test(its_descriptors_are_those_of_dfu),
        cmocka_unit_test(two_banks_follow_each_other),
        cmocka_unit_test(the_flash_is_that_of_the_chip),
        cmocka_unit_test(the_serial_number_is_made_of_the_unique_id),
        cmocka_unit_test(newer_ones_have_strings_elsewhere),
        cmocka_unit_test(a_memory_may_have_the_string_of_the_flash),
        cmocka_unit_test(every_row_has_its_strings),
    };

    return cmocka_run_group_tests_name("dfu_descriptors", tests, NULL, NULL);
}
