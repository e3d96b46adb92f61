// test_blocks.c: every IP block that a row lists is modelled, and does what its role asks of it.
// SPDX-License-Identifier: MIT
#include "bench.h"
#include "blocks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void each_kind_in_each_row_has_a_type(void **state)
{
    unsigned blocks = 0;
    (void)state;

    for (const struct device *row = devices; row < devices + device_count; row++) {
        for (const struct peripheral *p = row->peripherals; p->name; p++) {
            if (!blocks_type(p->block)) {
                fail_msg("%s: nobody models %s", row->slug, p->name);
            }
            blocks++;
        }
    }
    assert_true(blocks > device_count);
    assert_null(blocks_type((enum block_kind)1000));
}

static bool has_pins(const struct block_type *type)
{
    return type->pins && type->pins->drive && type->pins->release && type->pins->driven &&
           type->pins->outputs_high && type->use;
}

// Only the independent one is fed, and forgotten, by others.
static bool has_watchdog(const struct block_type *type)
{
    const struct watchdog_role *watchdog = type->watchdog;

    return watchdog && watchdog->deadline && type->use &&
           (watchdog->kind == WATCHDOG_WINDOW ||
            (watchdog->kind == WATCHDOG_INDEPENDENT && watchdog->was_fed &&
             watchdog->forget_feeding && watchdog->has_longest_period && watchdog->feed_as_rom &&
             watchdog->update_is_pending && watchdog->set_update_pending));
}

static bool does_what_its_role_asks(const struct block_type *type)
{
    switch (type->role) {
    case ROLE_PORT:
        return has_pins(type);
    case ROLE_SERIAL:
        return type->serial && type->serial->connect && type->use;
    case ROLE_DMA:
        return type->dma && type->dma->is_running && type->dma->start;
    case ROLE_WATCHDOG:
        return has_watchdog(type);
    case ROLE_CACHE:
    case ROLE_TIMER:
        return type->use != NULL;
    case ROLE_BACKUP:
        return type->backup && type->backup->alarm && type->backup->lose && type->use &&
               type->outlives_resets;
    default:
        return true;
    }
}

static void each_type_has_the_functions_of_its_role(void **state)
{
    unsigned types = 0;
    (void)state;

    for (int kind = 0; blocks_type((enum block_kind)kind); kind++) {
        const struct block_type *type = blocks_type((enum block_kind)kind);
        if (!does_what_its_role_asks(type)) {
            fail_msg("the type of kind %d lacks a function of its role", kind);
        }
        assert_int_equal(type->pins != NULL, type->role == ROLE_PORT);
        assert_int_equal(type->serial != NULL, type->role == ROLE_SERIAL);
        assert_int_equal(type->dma != NULL, type->role == ROLE_DMA);
        assert_int_equal(type->watchdog != NULL, type->role == ROLE_WATCHDOG);
        assert_int_equal(type->backup != NULL, type->role == ROLE_BACKUP);
        assert_non_null(type->not_modelled);
        types++;
    }
    assert_true(types > BLOCK_ICACHE);
}

static enum block_role role_at(const struct chip *chip, uint32_t address)
{
    const struct block *block = block_at(chip, address);

    return block ? block->type->role : ROLE_NONE;
}

static void assert_flash_has(const struct chip *chip, uint32_t address)
{
    const struct block *block = block_at(chip, address);

    if (address && !(block && block->type->flash_store)) {
        fail_msg("%s: the flash interface does not have 0x%08X", chip->device->slug,
                 (unsigned)address);
    }
}

static void assert_flash_takes(const struct chip *chip, const struct register_write *writes)
{
    for (; writes->name; writes++) {
        assert_flash_has(chip, writes->address);
    }
}

// The registers of the row's sequences reach the block that knows them; 0: there is none.
static void check_flash(const struct chip *chip)
{
    const struct device *row = chip->device;
    const struct option_entry *entry = &row->option_entry;

    assert_flash_has(chip, row->empty_register);
    assert_flash_takes(chip, row->first_page_unlock);
    assert_flash_takes(chip, row->first_page_erase);
    assert_flash_takes(chip, row->first_page_lock);
    assert_flash_has(chip, entry->address);
    assert_flash_has(chip, entry->shown);
    assert_flash_has(chip, entry->lock_register);
    assert_flash_has(chip, entry->start_register);
    assert_flash_has(chip, entry->launch_register);
    assert_flash_has(chip, entry->busy_register);
    assert_flash_has(chip, entry->error_register);
    assert_flash_has(chip, entry->clear_register);
    for (unsigned i = 0; i < OPTION_LOCKS && entry->keys[i].name; i++) {
        assert_flash_has(chip, entry->keys[i].address);
    }
}

// block_watchdog() finds one of each kind.
static void check_watchdogs(const struct chip *chip)
{
    unsigned count[WATCHDOG_KINDS] = {0};

    for (size_t i = 0; i < chip->block_count; i++) {
        const struct watchdog_role *watchdog = chip->blocks[i].type->watchdog;
        if (watchdog) {
            count[watchdog->kind]++;
        }
    }
    for (int i = 0; i < WATCHDOG_KINDS; i++) {
        assert_in_range(count[i], 0, 1);
    }
}

// What a row says elsewhere of a register is about the block that has it.
static void check_roles(const struct chip *chip)
{
    const struct device *row = chip->device;

    if (chip->block_count == 0) {
        return; // nobody has written down what this chip has
    }
    if (row->iwdg) {
        const struct block *watchdog = block_watchdog(chip, WATCHDOG_INDEPENDENT);
        assert_non_null(watchdog);
        assert_int_equal(watchdog->peripheral->start, row->iwdg);
    }
    if (row->backup_size) {
        assert_int_equal(role_at(chip, row->backup), ROLE_BACKUP);
        assert_ptr_equal(block_at(chip, row->backup),
                         block_at(chip, row->backup + row->backup_size - 4));
    }
    if (row->remap_register) {
        assert_int_equal(role_at(chip, row->remap_register), ROLE_REMAP);
    }
    for (const struct rom_usart *usart = row->rom_usarts; usart->name; usart++) {
        const struct block *block = block_find(chip, usart->name);
        assert_true(block && block->type->role == ROLE_SERIAL);
    }
}

static bool overlaps(const struct bus_region *one, const struct bus_region *other)
{
    return one->start - other->start < other->size || other->start - one->start < one->size;
}

static void check_regions(const struct chip *chip)
{
    const struct bus *bus = &chip->bus;

    for (size_t i = 0; i < bus->count; i++) {
        const struct bus_region *region = &bus->regions[i];
        assert_true(region->read && region->write);
        assert_int_equal(region->start % 4 + region->size % 4, 0);
        for (size_t j = 0; j < i; j++) {
            if (overlaps(region, &bus->regions[j])) {
                fail_msg("%s: two answer at 0x%08X", chip->device->slug, (unsigned)region->start);
            }
        }
    }
}

static void each_row_makes_a_chip_with_all_its_blocks(void **state)
{
    (void)state;
    for (const struct device *row = devices; row < devices + device_count; row++) {
        struct problem problem;
        struct journal journal;
        struct chip chip;
        size_t count = 0;

        journal_open(&journal, NULL, &chip.core.instructions);
        assert_int_equal(chip_open(&chip, row, blocks_type, &journal, 1, &problem), 0);
        while (row->peripherals[count].name) {
            assert_ptr_equal(block_find(&chip, row->peripherals[count].name), &chip.blocks[count]);
            assert_ptr_equal(block_at(&chip, row->peripherals[count].start), &chip.blocks[count]);
            count++;
        }
        assert_int_equal(chip.block_count, count);
        check_regions(&chip);
        check_roles(&chip);
        check_watchdogs(&chip);
        check_flash(&chip);
        chip_close(&chip);
        journal_close(&journal);
    }
}

static const struct block_type *nobody(enum block_kind kind)
{
    return kind == BLOCK_GPIO ? blocks_type(kind) : NULL;
}

// The chip knows no type by itself: it makes what its table gives it, and nothing else.
static void the_chip_takes_the_types_that_it_is_given(void **state)
{
    const struct device *row = device_find("f405");
    struct problem problem;
    struct journal journal;
    struct chip chip;
    (void)state;

    journal_open(&journal, NULL, &chip.core.instructions);
    assert_int_equal(chip_open(&chip, row, nobody, &journal, 1, &problem), 0);
    assert_int_equal(chip_reset(&chip, RESET_POWER_ON, &problem), 0);
    assert_non_null(block_find(&chip, "GPIOA"));
    assert_null(block_find(&chip, "USART1"));
    assert_null(block_watchdog(&chip, WATCHDOG_INDEPENDENT));
    assert_null(block_watchdog(&chip, WATCHDOG_WINDOW));
    bus_write(&chip, row->iwdg, 4, 0xCCCC); // a register that nobody models
    assert_int_equal(chip.unmodelled.count, 1);
    chip_close(&chip);
    journal_close(&journal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_in_each_row_has_a_type),
        cmocka_unit_test(each_type_has_the_functions_of_its_role),
        cmocka_unit_test(each_row_makes_a_chip_with_all_its_blocks),
        cmocka_unit_test(the_chip_takes_the_types_that_it_is_given),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
