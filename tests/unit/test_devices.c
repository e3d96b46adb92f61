// test_devices.c: the device table holds together, and its look-ups find what they should.
// SPDX-License-Identifier: MIT
#include "devices.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct device *known(const char *name)
{
    const struct device *device = device_find(name);
    if (device == NULL) {
        fail_msg("%s is not in the table", name);
    }
    return device;
}

static bool within(uint32_t start, uint32_t size, const struct region *region)
{
    return start >= region->start && size <= region->size &&
           start - region->start <= region->size - size;
}

static bool apart(const struct region *a, const struct region *b)
{
    return (uint64_t)a->start + a->size <= b->start || (uint64_t)b->start + b->size <= a->start;
}

static bool in_some_ram(uint32_t start, uint32_t size, const struct device *device)
{
    for (const struct ram *ram = device->rams; ram->region.size != 0; ram++) {
        if (within(start, size, &ram->region)) {
            return true;
        }
    }
    return false;
}

static bool in_rcc(uint32_t address, const struct device *device)
{
    struct region rcc = {"RCC", device->rcc, device->rcc_size};
    return address % 4 == 0 && within(address, 4, &rcc);
}

static const struct peripheral *peripheral_named(const struct device *device, const char *name)
{
    for (const struct peripheral *p = device->peripherals; p->name != NULL; p++) {
        if (strcmp(p->name, name) == 0) {
            return p;
        }
    }
    return NULL;
}

// Look-ups by name

static void finds_by_slug(void **state)
{
    (void)state;
    for (size_t i = 0; i < device_count; i++) {
        assert_ptr_equal(device_find(devices[i].slug), &devices[i]);
    }
    assert_ptr_equal(device_find("H723"), known("h723"));
}

static void finds_by_macro(void **state)
{
    (void)state;
    for (size_t i = 0; i < device_count; i++) {
        for (const char *const *part = devices[i].parts; *part != NULL; part++) {
            assert_ptr_equal(device_find(*part), &devices[i]);
        }
    }
    assert_ptr_equal(device_find("stm32h723XX"), known("h723"));
}

static void finds_by_ordering_code(void **state)
{
    (void)state;
    assert_ptr_equal(device_find("STM32H723ZG"), known("h723"));
    assert_ptr_equal(device_find("STM32H723ZGT6"), known("h723"));
    assert_ptr_equal(device_find("stm32h730ibk6q"), known("h723"));
    assert_ptr_equal(device_find("STM32F407VGT6"), known("f405"));
    assert_ptr_equal(device_find("STM32F407"), known("f405"));
    assert_ptr_equal(device_find("STM32G0C1RE"), known("g0b1"));
    // Where one macro is not enough: the flash size, a suffix, the package.
    assert_ptr_equal(device_find("STM32F030C8T6"), known("f05"));
    assert_ptr_equal(device_find("STM32F030F4P6"), known("f03"));
    assert_ptr_equal(device_find("STM32F103C8T6"), known("f10medium"));
    assert_ptr_equal(device_find("STM32F103C6T6"), known("f10low"));
    assert_ptr_equal(device_find("STM32L151CBT6"), known("l1xb"));
    assert_ptr_equal(device_find("STM32L151CBT6A"), known("l1xba"));
    assert_ptr_equal(device_find("STM32L151CBT6-A"), known("l1xba"));
    assert_ptr_equal(device_find("STM32L151CB-A"), known("l1xba"));
    assert_ptr_equal(device_find("STM32L152VCT6"), known("l1xc"));
    assert_ptr_equal(device_find("STM32L152VCT6A"), known("l1xd"));
    assert_ptr_equal(device_find("STM32L152RCY6"), known("l1xd"));
    assert_ptr_equal(device_find("STM32L152ZCT6"), known("l1xd"));
    assert_ptr_equal(device_find("STM32L151VDT6X"), known("l1xe"));
    assert_ptr_equal(device_find("STM32F767ZIT6"), known("f76"));
    assert_ptr_equal(device_find("f407"), known("f405"));
    assert_ptr_equal(device_find("NUCLEO-G474RE"), known("g47"));
}

static void finds_nothing_else(void **state)
{
    (void)state;
    static const char *const names[] = {
        "",    "x",     "STM32",     "STM32F",      "STM32H72",       "STM32H7",
        "f40", "f4055", "STM32H999", "STM32L499RG", "STM32H723ZG T6", "STM32H723-ZG",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (device_find(names[i]) != NULL) {
            fail_msg("'%s' found %s", names[i], device_find(names[i])->slug);
        }
    }
}

// Look-ups by what a ROM says

static void finds_each_device_by_product(void **state)
{
    (void)state;
    for (size_t i = 0; i < device_count; i++) {
        if (devices[i].product == 0) {
            assert_true(devices[i].unlisted);
            continue;
        }
        const struct device *found = device_by_product(devices[i].product, NULL);
        while (found != NULL && found != &devices[i]) {
            found = device_by_product(devices[i].product, found);
        }
        assert_ptr_equal(found, &devices[i]);
    }
}

static void product_look_up_ends(void **state)
{
    (void)state;
    assert_null(device_by_product(0xFFF, NULL));
    assert_null(device_by_product(0, NULL));
    assert_null(device_by_product(devices[0].product, &devices[device_count - 1]));
}

// Pages

static void page_numbers_are_those_of_the_manuals(void **state)
{
    (void)state;
    static const struct {
        const char *device;
        uint32_t address;
        unsigned number;
        uint32_t start, size;
    } cases[] = {
        {"f405", 0x08000000, 0, 0x08000000, 0x4000},
        {"f405", 0x08003FFF, 0, 0x08000000, 0x4000},
        {"f405", 0x08004000, 1, 0x08004000, 0x4000},
        {"f405", 0x0801FFFF, 4, 0x08010000, 0x10000},
        {"f405", 0x08020000, 5, 0x08020000, 0x20000},
        {"f405", 0x080FFFFF, 11, 0x080E0000, 0x20000},
        {"g0b1", 0x0803FFFF, 127, 0x0803F800, 0x800},
        {"g0b1", 0x08040000, 256, 0x08040000, 0x800},
        {"h723", 0x080FFFFF, 7, 0x080E0000, 0x20000},
        {"u575", 0x080FFFFF, 127, 0x080FE000, 0x2000},
        {"u575", 0x08100000, 128, 0x08100000, 0x2000},
        {"u575", 0x081FFFFF, 255, 0x081FE000, 0x2000},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        unsigned number;
        struct region page;
        assert_true(device_page(known(cases[i].device), cases[i].address, &number, &page));
        assert_int_equal(number, cases[i].number);
        assert_int_equal(page.start, cases[i].start);
        assert_int_equal(page.size, cases[i].size);
    }
}

static void no_page_outside_flash(void **state)
{
    (void)state;
    for (size_t i = 0; i < device_count; i++) {
        const struct region *flash = &devices[i].flash;
        unsigned number;
        struct region page;
        assert_true(flash->size != 0 || devices[i].unlisted);
        assert_false(device_page(&devices[i], flash->start - 1, &number, &page));
        assert_false(device_page(&devices[i], flash->start + flash->size, &number, &page));
        assert_false(device_page(&devices[i], 0, &number, &page));
        assert_false(device_page(&devices[i], 0xFFFFFFFF, &number, &page));
    }
}

static void pages_tile_flash(void **state)
{
    (void)state;
    for (size_t i = 0; i < device_count; i++) {
        const struct region *flash = &devices[i].flash;
        uint32_t at = flash->start;
        while (at - flash->start < flash->size) {
            unsigned number;
            struct region page;
            assert_true(device_page(&devices[i], at, &number, &page));
            assert_int_equal(page.start, at);
            assert_int_equal(page.size % devices[i].program_bytes, 0);
            at += page.size;
        }
        assert_int_equal(at, flash->start + flash->size);
    }
}

// What every row must keep to

static void rom_is_in_system_memory(void **state)
{
    (void)state;
    for (size_t i = 0; i < device_count; i++) {
        bool vector_inside = false, id_inside = devices[i].rom_id_address == 0;
        if (devices[i].unlisted) {
            assert_int_equal(devices[i].rom_vector, 0);
            continue;
        }
        for (const struct region *r = devices[i].system_memory; r->size != 0; r++) {
            vector_inside |= within(devices[i].rom_vector, 8, r);
            id_inside |= within(devices[i].rom_id_address, 1, r);
            assert_true(apart(r, &devices[i].flash));
        }
        assert_true(vector_inside);
        assert_true(id_inside);
        assert_int_not_equal(devices[i].rom_ids[0], 0);
        assert_int_not_equal(devices[i].product, 0);
    }
}

static void mark_survives_the_rom(void **state)
{
    (void)state;
    for (size_t i = 0; i < device_count; i++) {
        struct region mark = {"mark", devices[i].mark, 8};
        if (devices[i].mark == 0 || devices[i].mark_in_backup) {
            assert_true(devices[i].mark != 0 || devices[i].entry != ENTRY_RESET);
            continue;
        }
        assert_int_equal(mark.start % 8, 0);
        assert_true(in_some_ram(mark.start, mark.size, &devices[i]));
        for (const struct region *r = devices[i].rom_ram; r->size != 0; r++) {
            assert_true(in_some_ram(r->start, r->size, &devices[i]));
            // A ROM that looks at the flash comes back to an erased one: no mark need survive.
            assert_true(apart(r, &mark) || devices[i].entry == ENTRY_ERASE_FIRST);
        }
    }
}

static void clock_registers_are_in_rcc(void **state)
{
    (void)state;
    for (size_t i = 0; i < device_count; i++) {
        const struct device *device = &devices[i];
        assert_true(device->rcc_registers->name == NULL || in_rcc(device->switch_register, device));
        assert_true(device->flags_register == 0 || in_rcc(device->flags_register, device));
        for (const struct register_reset *r = device->rcc_registers; r->name != NULL; r++) {
            assert_true(in_rcc(r->address, device));
            assert_int_not_equal(r->address, device->flags_register);
        }
        for (const struct ready_bit *bit = device->ready_bits; bit->address != 0; bit++) {
            assert_int_not_equal(bit->on, bit->ready);
        }
        for (const struct peripheral *p = device->peripherals; p->name != NULL; p++) {
            assert_true(p->clock_register == 0 || in_rcc(p->clock_register, device));
        }
        // At reset, what the switch selects is what its status reports.
        for (const struct register_reset *r = device->rcc_registers; r->name != NULL; r++) {
            if (r->address == device->switch_register) {
                assert_int_equal(r->value & device->switch_mask,
                                 r->value >> device->switch_status & device->switch_mask);
            }
        }
    }
}

static void flags_are_consistent(void **state)
{
    (void)state;
    for (size_t i = 0; i < device_count; i++) {
        const struct device *d = &devices[i];
        if (d->flags_register == 0) {
            assert_true(d->unlisted);
            continue;
        }
        uint32_t single[] = {d->flags_software, d->flags_power, d->flags_pin, d->flags_watchdog,
                             d->flags_option};
        uint32_t seen = 0;
        for (size_t j = 0; j < sizeof single / sizeof single[0]; j++) {
            assert_int_equal(single[j] & ~d->flags_any, 0);
            assert_int_equal(single[j] & seen, 0);
            seen |= single[j];
        }
        assert_int_equal(d->flags_clear & d->flags_any, 0);
        assert_int_not_equal(d->after_power_on & d->flags_power, 0);
        assert_int_equal(d->after_pin & (d->flags_power | d->flags_software), 0);
        assert_int_equal(d->after_software & d->flags_software, d->flags_software);
        assert_int_equal(d->after_software & d->flags_power, 0);
        assert_int_not_equal(d->after_watchdog & d->flags_watchdog, 0);
        assert_int_equal(d->after_watchdog & (d->flags_power | d->flags_software), 0);
    }
}

static void rom_usarts_are_peripherals(void **state)
{
    (void)state;
    for (size_t i = 0; i < device_count; i++) {
        assert_true(devices[i].rom_usarts[0].name != NULL || devices[i].unlisted);
        for (const struct rom_usart *usart = devices[i].rom_usarts; usart->name != NULL; usart++) {
            const struct peripheral *p = peripheral_named(&devices[i], usart->name);
            assert_true(p != NULL || devices[i].peripherals->name == NULL);
            assert_true(p == NULL || p->block == BLOCK_USART_SR || p->block == BLOCK_USART_ISR);
            assert_true(usart->tx[0] == 'P' && usart->rx[0] == 'P');
            assert_true(usart->connected || devices[i].mark == 0);
            assert_true(!usart->connected || devices[i].reset_hz / 115200 >= 16);
        }
    }
}

static void remap_is_whole_or_absent(void **state)
{
    (void)state;
    for (size_t i = 0; i < device_count; i++) {
        const struct device *d = &devices[i];
        if (d->remap_register == 0) {
            assert_int_equal(d->remap_mask | d->remap_system_memory | d->remap_clock_register, 0);
            assert_true(d->trace != TRACE_ALIAS || d->alias);
            continue;
        }
        assert_int_not_equal(d->remap_mask, 0);
        assert_int_equal(d->remap_system_memory & ~d->remap_mask, 0);
        assert_true(d->alias || d->unlisted);
    }
}

// Or a host would see a device that no judge knows of.
static void rom_usb_is_a_peripheral(void **state)
{
    (void)state;
    for (const struct device *d = devices; d < devices + device_count; d++) {
        const struct rom_interface *one = d->interfaces;
        const struct peripheral *usb = d->peripherals;

        while (one->name && one->kind != INTERFACE_USB) {
            one++;
        }
        while (usb->name && usb->block != BLOCK_USB) {
            usb++;
        }
        if (one->name && !usb->name) {
            fail_msg("%s: USB", d->slug);
        }
    }
}

static void numbers_typed_twice(void **state)
{
    (void)state;
    // Typed by hand once more, so that a slip of the hand in devices/*.toml is seen.
    assert_int_equal(known("f405")->product, 0x413);
    assert_int_equal(known("g0b1")->product, 0x467);
    assert_int_equal(known("h723")->product, 0x483);
    assert_int_equal(known("u575")->product, 0x482);
    assert_int_equal(known("f405")->rom_vector, 0x1FFF0000);
    assert_int_equal(known("g0b1")->rom_vector, 0x1FFF0000);
    assert_int_equal(known("h723")->rom_vector, 0x1FF09800);
    assert_int_equal(known("u575")->rom_vector, 0x0BF90000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_by_slug),
        cmocka_unit_test(finds_by_macro),
        cmocka_unit_test(finds_by_ordering_code),
        cmocka_unit_test(finds_nothing_else),
        cmocka_unit_test(finds_each_device_by_product),
        cmocka_unit_test(product_look_up_ends),
        cmocka_unit_test(page_numbers_are_those_of_the_manuals),
        cmocka_unit_test(no_page_outside_flash),
        cmocka_unit_test(pages_tile_flash),
        cmocka_unit_test(rom_is_in_system_memory),
        cmocka_unit_test(mark_survives_the_rom),
        cmocka_unit_test(clock_registers_are_in_rcc),
        cmocka_unit_test(flags_are_consistent),
        cmocka_unit_test(rom_usarts_are_peripherals),
        cmocka_unit_test(remap_is_whole_or_absent),
        cmocka_unit_test(rom_usb_is_a_peripheral),
        cmocka_unit_test(numbers_typed_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
