// test_outcome.c: from what was left, what is around and what was seen to outcome and ground.
// SPDX-License-Identifier: MIT
#include "outcome.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define BIT(name) (UINT64_C(1) << (LEFTOVER_##name))

// Observations that nobody made, of rows that are there.
static const struct observation seen[] = {
    {.id = "T1",
     .project = "a/served",
     .row = "f405",
     .wire = WIRE_USB,
     .observed = OBSERVED_SERVED,
     .left = BIT(SYSTICK_INTERRUPT) | BIT(OWN_VECTORS)},
    {.id = "T2",
     .project = "b/stack",
     .row = "f405",
     .wire = WIRE_USB,
     .observed = OBSERVED_HUNG,
     .left = BIT(PROCESS_STACK),
     .cause = BIT(PROCESS_STACK)},
    {.id = "T3",
     .project = "c/mpu",
     .row = "f405",
     .wire = WIRE_USB,
     .observed = OBSERVED_FAULT,
     .left = BIT(MPU),
     .cause = BIT(MPU)},
    {.id = "T4",
     .project = "d/mpu",
     .row = "f405",
     .wire = WIRE_USB,
     .observed = OBSERVED_SERVED,
     .left = BIT(MPU)},
    {.id = "T5",
     .project = "e/masked",
     .row = "g47",
     .wire = WIRE_USB,
     .observed = OBSERVED_SERVED,
     .left = BIT(MASKED_INTERRUPTS)},
    {.id = "T6",
     .project = "f/why",
     .row = "f411",
     .wire = WIRE_USB,
     .observed = OBSERVED_NOENUM,
     .left = BIT(OWN_VECTORS)},
    {.id = "T7",
     .project = "g/old",
     .row = "f405",
     .rom_version = 0x31,
     .wire = WIRE_USB,
     .observed = OBSERVED_SERVED,
     .left = BIT(DMA)},
    {.id = "T8",
     .project = "h/flash",
     .row = "f04",
     .wire = WIRE_USB,
     .observed = OBSERVED_SERVED,
     .left = BIT(FLASH_CONTENT)},
    {.id = "T9",
     .project = "i/masked",
     .row = "g49",
     .wire = WIRE_USB,
     .observed = OBSERVED_SERVED,
     .left = BIT(MASKED_INTERRUPTS) | BIT(ENABLED_INTERRUPTS)},
    {.id = "T10",
     .project = "j/said",
     .row = "f42",
     .wire = WIRE_USB,
     .observed = OBSERVED_SERVED,
     .sure = SURE_CLAIMED,
     .left = BIT(MASKED_INTERRUPTS)},
    {.id = "T11",
     .project = "k/guess",
     .row = "f42",
     .wire = WIRE_USB,
     .observed = OBSERVED_SERVED,
     .sure = SURE_INFERRED,
     .left = BIT(SYSTICK_INTERRUPT)},
    {.id = "T12",
     .project = "l/fails",
     .row = "l43",
     .wire = WIRE_USB,
     .observed = OBSERVED_SILENT,
     .sure = SURE_MEASURED,
     .left = BIT(OWN_STACK)},
    {.id = "T13",
     .project = "m/ships",
     .row = "l43",
     .wire = WIRE_USB,
     .observed = OBSERVED_SERVED,
     .sure = SURE_RELEASE,
     .left = BIT(OWN_STACK)},
    {.id = NULL},
};

static const struct surroundings quiet = {.crystal = true};

struct asked {
    uint64_t left, fatal, harmless;
    const char *row;
    enum wire wire;
    const struct surroundings *found; // NULL: nothing besides
    const char *without;
    uint16_t version;
};

static struct outcome ask(struct asked asked)
{
    const char *without[] = {asked.without, NULL};
    struct present present = {asked.left, asked.fatal, asked.harmless};
    struct evidence_view view = {.observations = seen,
                                 .without = without,
                                 .row = asked.row,
                                 .rom_version = asked.version,
                                 .wire = asked.wire,
                                 .left = asked.left};
    struct outcome outcome;

    outcome_find(&present, device_find(asked.row), asked.found ? asked.found : &quiet, &view,
                 &outcome);
    return outcome;
}

static void expect(struct asked asked, enum outcome_kind kind, enum ground ground)
{
    struct outcome outcome = ask(asked);

    assert_string_equal(outcome_word(outcome.kind), outcome_word(kind));
    assert_string_equal(outcome_how(outcome.kind), outcome_how(kind));
    assert_string_equal(leftover_ground_name(outcome.ground), leftover_ground_name(ground));
}

static void all_points_hold(void **state)
{
    (void)state;
    expect((struct asked){.row = "f405", .wire = WIRE_USB}, OUTCOME_SERVED, GROUND_MUST);
    // Not even where a failure with less than nothing is unexplained.
    expect((struct asked){.row = "f411", .wire = WIRE_USB}, OUTCOME_SERVED, GROUND_MUST);
}

static void the_architecture_decides_first(void **state)
{
    struct asked asked = {.left = BIT(WRONG_TABLE) | BIT(SYSTICK_INTERRUPT),
                          .fatal = BIT(WRONG_TABLE),
                          .row = "f405",
                          .wire = WIRE_USB};
    struct surroundings bank = {
        .crystal = true, .bank = 0x08000000, .bank_confidence = CONFIDENCE_DOCUMENTED};
    (void)state;

    expect(asked, OUTCOME_FAULT, GROUND_MUST);
    asked.found = &bank; // it never gets to look for one
    expect(asked, OUTCOME_FAULT, GROUND_MUST);
    // What cannot matter leaves the ground as firm as it was.
    expect((struct asked){.left = BIT(PERIPHERALS),
                          .harmless = BIT(PERIPHERALS),
                          .row = "f405",
                          .wire = WIRE_USB},
           OUTCOME_SERVED, GROUND_MUST);
}

static void what_was_seen_here(void **state)
{
    (void)state;
    expect((struct asked){.left = BIT(SYSTICK_INTERRUPT), .row = "f405", .wire = WIRE_USB},
           OUTCOME_SERVED, GROUND_SEEN);
    expect((struct asked){.left = BIT(PROCESS_STACK), .row = "f405", .wire = WIRE_USB},
           OUTCOME_HUNG, GROUND_SEEN);
    expect((struct asked){.left = BIT(MPU), .row = "f405", .wire = WIRE_USB}, OUTCOME_AT_RISK,
           GROUND_SEEN); // both ways
}

static void what_was_seen_elsewhere(void **state)
{
    (void)state;
    expect((struct asked){.left = BIT(SYSTICK_INTERRUPT), .row = "f76", .wire = WIRE_USB},
           OUTCOME_SERVED, GROUND_ALIKE);
    expect((struct asked){.left = BIT(SYSTICK_INTERRUPT), .row = "f405", .wire = WIRE_USART},
           OUTCOME_SERVED, GROUND_ALIKE); // another wire
    expect((struct asked){.left = BIT(PROCESS_STACK), .row = "f76", .wire = WIRE_USB},
           OUTCOME_AT_RISK, GROUND_ALIKE);
    expect((struct asked){.left = BIT(CORE_SETTINGS), .row = "f405", .wire = WIRE_USB},
           OUTCOME_AT_RISK, GROUND_NONE);
    // The weakest ground is that of all.
    expect((struct asked){.left = BIT(SYSTICK_INTERRUPT) | BIT(CORE_SETTINGS),
                          .row = "f405",
                          .wire = WIRE_USB},
           OUTCOME_AT_RISK, GROUND_NONE);
}

static void a_project_may_be_left_out(void **state)
{
    (void)state;
    expect(
        (struct asked){
            .left = BIT(SYSTICK_INTERRUPT), .row = "f405", .wire = WIRE_USB, .without = "a/served"},
        OUTCOME_AT_RISK, GROUND_NONE);
    expect((struct asked){.left = BIT(MPU), .row = "f405", .wire = WIRE_USB, .without = "d/mpu"},
           OUTCOME_FAULT, GROUND_SEEN);
}

static void a_version_of_the_rom_is_a_rom(void **state)
{
    struct asked asked = {.left = BIT(DMA), .row = "f405", .wire = WIRE_USB, .version = 0x31};
    (void)state;

    expect(asked, OUTCOME_SERVED, GROUND_SEEN);
    asked.version = 0x91;
    expect(asked, OUTCOME_SERVED, GROUND_ALIKE);
}

static void masked_interrupts(void **state)
{
    struct surroundings unmasks = {.crystal = true, .unmasks = true};
    struct asked asked = {.left = BIT(MASKED_INTERRUPTS), .row = "f405", .wire = WIRE_SPI};
    (void)state;

    expect(asked, OUTCOME_HUNG, GROUND_MUST);
    asked.found = &unmasks;
    expect(asked, OUTCOME_SERVED, GROUND_MUST);
    // Somebody saw it serve: this chip is an exception, others are not.
    expect((struct asked){.left = BIT(MASKED_INTERRUPTS), .row = "g47", .wire = WIRE_USB},
           OUTCOME_SERVED, GROUND_SEEN);
    // The same of an exception that is as urgent.
    expect((struct asked){.left = BIT(HANDLER), .row = "f405", .wire = WIRE_USB}, OUTCOME_HUNG,
           GROUND_MUST);
    expect((struct asked){.left = BIT(HANDLER), .row = "f405", .wire = WIRE_CAN}, OUTCOME_AT_RISK,
           GROUND_NONE);
    // ST does not name these wires.
    expect((struct asked){.left = BIT(MASKED_INTERRUPTS), .row = "f405", .wire = WIRE_I2C},
           OUTCOME_SERVED, GROUND_ALIKE);
}

static void what_is_said_in_passing(void **state)
{
    struct asked asked = {.left = BIT(MASKED_INTERRUPTS), .row = "f42", .wire = WIRE_USB};
    (void)state;

    expect(asked, OUTCOME_AT_RISK, GROUND_SEEN); // against ST's document
    asked.left = BIT(SYSTICK_INTERRUPT);
    expect(asked, OUTCOME_SERVED, GROUND_ALIKE); // what is inferred is no sight of this chip
}

// Whoever was served with interrupts masked has not seen what they do that come.
static void masks_hide_interrupts(void **state)
{
    (void)state;
    expect((struct asked){.left = BIT(ENABLED_INTERRUPTS), .row = "g49", .wire = WIRE_USB},
           OUTCOME_AT_RISK, GROUND_NONE);
    expect((struct asked){.left = BIT(ENABLED_INTERRUPTS) | BIT(MASKED_INTERRUPTS),
                          .row = "g49",
                          .wire = WIRE_USB},
           OUTCOME_SERVED, GROUND_SEEN);
}

static void usb_is_nothing_to_a_usart(void **state)
{
    (void)state;
    expect((struct asked){.left = BIT(LIVE_USB), .row = "f405", .wire = WIRE_USART}, OUTCOME_SERVED,
           GROUND_MUST);
    expect((struct asked){.left = BIT(LIVE_USB), .row = "f405", .wire = WIRE_USB}, OUTCOME_AT_RISK,
           GROUND_NONE);
}

static void failures_that_nobody_explains(void **state)
{
    (void)state;
    expect((struct asked){.left = BIT(OWN_VECTORS), .row = "f411", .wire = WIRE_USB},
           OUTCOME_AT_RISK, GROUND_SEEN);
    // On the F405 somebody was served with it.
    expect((struct asked){.left = BIT(OWN_VECTORS), .row = "f405", .wire = WIRE_USB},
           OUTCOME_SERVED, GROUND_SEEN);
    expect(
        (struct asked){
            .left = BIT(OWN_VECTORS), .row = "f411", .wire = WIRE_USB, .without = "f/why"},
        OUTCOME_SERVED, GROUND_ALIKE);
}

// Who only ships what must serve does not refute who saw it fail.
static void a_release_refutes_no_measurement(void **state)
{
    (void)state;
    expect((struct asked){.left = BIT(OWN_STACK), .row = "l43", .wire = WIRE_USB}, OUTCOME_AT_RISK,
           GROUND_SEEN);
    expect(
        (struct asked){
            .left = BIT(OWN_STACK), .row = "l43", .wire = WIRE_USB, .without = "l/fails"},
        OUTCOME_SERVED, GROUND_SEEN);
}

static void a_bank_and_a_flash_that_is_not_empty(void **state)
{
    struct surroundings bank = {
        .crystal = true, .bank = 0x08000000, .bank_confidence = CONFIDENCE_DOCUMENTED};
    struct asked asked = {.row = "f42", .wire = WIRE_USB, .found = &bank};
    (void)state;

    expect(asked, OUTCOME_RETURNED, GROUND_MUST);
    bank.bank_confidence = CONFIDENCE_MEASURED;
    expect(asked, OUTCOME_RETURNED, GROUND_SEEN);
    bank.bank_confidence = CONFIDENCE_INFERRED; // it is not said that it fails, and it is shown
    expect(asked, OUTCOME_AT_RISK, GROUND_NONE);
    assert_int_equal(ask(asked).acts, OUTCOME_RETURNED);
    // AN2606 says that it goes back, and somebody says that it served: both count.
    expect((struct asked){.row = "f04", .wire = WIRE_USB}, OUTCOME_AT_RISK, GROUND_SEEN);
    assert_int_equal(ask((struct asked){.row = "f04", .wire = WIRE_USB}).acts, OUTCOME_RETURNED);
    expect((struct asked){.row = "f04", .wire = WIRE_USB, .without = "h/flash"}, OUTCOME_RETURNED,
           GROUND_MUST);
}

static void crystals_and_options(void **state)
{
    struct surroundings none = {.crystal = false}, level_2 = {.crystal = true, .level_2 = true};
    (void)state;

    expect((struct asked){.row = "f405", .wire = WIRE_USART, .found = &none}, OUTCOME_RESET,
           GROUND_SEEN);
    expect((struct asked){.row = "f405", .wire = WIRE_USART, .found = &level_2}, OUTCOME_HUNG,
           GROUND_MUST);
    // The ROM of an F301 needs a crystal for USB, and does not reset itself.
    expect((struct asked){.row = "f301", .wire = WIRE_USB, .found = &none}, OUTCOME_HUNG,
           GROUND_MUST);
    expect((struct asked){.row = "f301", .wire = WIRE_USART, .found = &none}, OUTCOME_SERVED,
           GROUND_MUST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_points_hold),
        cmocka_unit_test(the_architecture_decides_first),
        cmocka_unit_test(what_was_seen_here),
        cmocka_unit_test(what_was_seen_elsewhere),
        cmocka_unit_test(a_project_may_be_left_out),
        cmocka_unit_test(a_version_of_the_rom_is_a_rom),
        cmocka_unit_test(masked_interrupts),
        cmocka_unit_test(what_is_said_in_passing),
        cmocka_unit_test(masks_hide_interrupts),
        cmocka_unit_test(usb_is_nothing_to_a_usart),
        cmocka_unit_test(failures_that_nobody_explains),
        cmocka_unit_test(a_release_refutes_no_measurement),
        cmocka_unit_test(a_bank_and_a_flash_that_is_not_empty),
        cmocka_unit_test(crystals_and_options),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
