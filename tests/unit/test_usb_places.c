// test_usb_places.c: which boards on USB are new, and which are the same that came back.
// SPDX-License-Identifier: MIT
#include "monotonic.h"
#include "usb_list.h"
#include "usb_places.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { DEVICES = 4, DF11 = 0xDF11, CDC = 0x5740 };

// What is plugged in, and when that is.
static struct {
    struct usb_found devices[DEVICES];
    size_t count;
    uint64_t now;
} bus;

uint64_t monotonic_ms(void)
{
    return bus.now;
}

void monotonic_sleep_ms(unsigned ms)
{
    bus.now += ms;
}

int usb_list_each(void (*visit)(const struct usb_found *found, void *context), void *context,
                  struct problem *problem)
{
    (void)problem;
    for (size_t i = 0; i < bus.count; i++) {
        visit(&bus.devices[i], context);
    }
    return 0;
}

static void plug_in(unsigned vendor, unsigned product, unsigned roles, const char *serial)
{
    struct usb_found *device = &bus.devices[bus.count++];

    *device = (struct usb_found){
        .vendor = (uint16_t)vendor, .product = (uint16_t)product, .roles = roles};
    snprintf(device->path, sizeof device->path, "1-%zu", bus.count);
    snprintf(device->serial, sizeof device->serial, "%s", serial);
}

// The only device, from now on.
static void now_is(unsigned product, unsigned roles, const char *serial)
{
    bus.count = 0;
    plug_in(0x0483, product, roles, serial);
}

// How many boards are new after `ms`.
static unsigned look(struct usb_places *places, bool asks, unsigned ms, struct usb_place **last)
{
    struct usb_place *place;
    struct problem problem;
    unsigned count = 0;

    bus.now += ms;
    assert_int_equal(usb_places_look(places, asks, &problem), 0);
    while ((place = usb_places_take(places)) != NULL) {
        *last = place;
        count++;
    }
    return count;
}

static int begin(void **state)
{
    (void)state;
    memset(&bus, 0, sizeof bus);
    bus.now = 1000;
    return 0;
}

static void only_what_is_meant_is_taken(void **state)
{
    struct usb_places places = {.count = 0}, asked = {.count = 0};
    struct usb_place *last;
    (void)state;

    plug_in(0x0483, DF11, USB_ROLE_DFU, "A");
    plug_in(0x28E9, 0x0189, USB_ROLE_DFU, "B");     // of another maker
    plug_in(0x0483, CDC, USB_ROLE_RUNTIME, "C");    // an application of ST's vendor id
    plug_in(0x1209, 0x0001, USB_ROLE_RUNTIME, "D"); // anything
    assert_int_equal(look(&places, false, 0, &last), 1);
    assert_string_equal(last->port, "usb:1-1");
    assert_int_equal(look(&asked, true, 0, &last), 2);
    assert_string_equal(last->port, "usb:1-3");
}

static void a_board_is_taken_once(void **state)
{
    struct usb_places places = {.count = 0};
    struct usb_place *place = NULL;
    (void)state;

    now_is(DF11, USB_ROLE_DFU, "A");
    assert_int_equal(look(&places, false, 0, &place), 1);
    place->busy = true;
    bus.count = 0; // while it is flashed, it may be away for long
    assert_int_equal(look(&places, false, 100, &place), 0);
    assert_int_equal(look(&places, false, 5000, &place), 0);
    now_is(DF11, USB_ROLE_DFU, "A");
    assert_int_equal(look(&places, false, 100, &place), 0);
    place->busy = false;
    for (int i = 0; i < 100; i++) { // it stays in its ROM
        assert_int_equal(look(&places, false, 100, &place), 0);
    }
    bus.count = 0; // a moment without it, as at a reset
    assert_int_equal(look(&places, false, 100, &place), 0);
    now_is(DF11, USB_ROLE_DFU, "A");
    assert_int_equal(look(&places, false, 2000, &place), 0);
    bus.count = 0; // it leaves, and comes again
    assert_int_equal(look(&places, false, 1000, &place), 0);
    assert_int_equal(look(&places, false, 2000, &place), 0);
    now_is(DF11, USB_ROLE_DFU, "A");
    assert_int_equal(look(&places, false, 1000, &place), 1);
}

static void the_next_board_is_taken_at_once(void **state)
{
    struct usb_places places = {.count = 0};
    struct usb_place *place;
    (void)state;

    now_is(DF11, USB_ROLE_DFU, "A");
    assert_int_equal(look(&places, false, 0, &place), 1);
    now_is(DF11, USB_ROLE_DFU, "B"); // somebody was quick
    assert_int_equal(look(&places, false, 100, &place), 1);
    assert_int_equal(look(&places, false, 100, &place), 0);
}

static void an_application_that_comes_back_is_not_asked_again(void **state)
{
    struct usb_places places = {.count = 0};
    struct usb_place *place = NULL;
    (void)state;

    now_is(CDC, USB_ROLE_RUNTIME, "application");
    assert_int_equal(look(&places, true, 0, &place), 1);
    place->busy = true;
    now_is(DF11, USB_ROLE_DFU, "A"); // its ROM, while it is flashed
    assert_int_equal(look(&places, true, 1000, &place), 0);
    place->busy = false;
    assert_int_equal(look(&places, true, 100, &place), 0);
    bus.count = 0; // it starts
    assert_int_equal(look(&places, true, 100, &place), 0);
    now_is(CDC, USB_ROLE_RUNTIME, "application");
    assert_int_equal(look(&places, true, 1500, &place), 0);
    assert_int_equal(look(&places, true, 60000, &place), 0); // nobody looked for a minute
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(only_what_is_meant_is_taken, begin),
        cmocka_unit_test_setup(a_board_is_taken_once, begin),
        cmocka_unit_test_setup(the_next_board_is_taken_at_once, begin),
        cmocka_unit_test_setup(an_application_that_comes_back_is_not_asked_again, begin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
