// test_event_queue.c: events fire at their time, in their order, as often as they were scheduled.
// SPDX-License-Identifier: MIT
#include "event_queue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { CLIENTS = 4 };

// One that is called, and what it does then: schedules another one, or itself.
struct client {
    struct event event;
    struct bench *bench;
    char name;
    struct client *other; // NULL: nothing
    uint64_t at;
};

struct bench {
    struct event_queue queue;
    struct client clients[CLIENTS]; // "a" to "d", registered in this order
    char fired[16];                 // their names
};

static void fire(void *context)
{
    struct client *client = context;
    struct bench *bench = client->bench;
    size_t count = strlen(bench->fired);

    assert_true(count + 1 < sizeof bench->fired);
    bench->fired[count] = client->name;
    if (client->other) {
        event_schedule(&bench->queue, &client->other->event, client->at);
    }
}

static void set_up(struct bench *bench)
{
    memset(bench, 0, sizeof *bench);
    event_queue_open(&bench->queue);
    for (int i = 0; i < CLIENTS; i++) {
        struct client *client = &bench->clients[i];
        *client = (struct client){.bench = bench, .name = (char)('a' + i)};
        client->event = (struct event){.fire = fire, .context = client};
        assert_true(event_queue_add(&bench->queue, &client->event));
    }
}

static void schedule(struct bench *bench, char name, uint64_t at)
{
    event_schedule(&bench->queue, &bench->clients[name - 'a'].event, at);
}

// When it fires, `name` schedules `other`.
static void have_it_schedule(struct bench *bench, char name, char other, uint64_t at)
{
    bench->clients[name - 'a'].other = &bench->clients[other - 'a'];
    bench->clients[name - 'a'].at = at;
}

// Runs the queue once. What has fired is `names`, in this order.
static void assert_fires(struct bench *bench, uint64_t now, const char *names)
{
    memset(bench->fired, 0, sizeof bench->fired);
    event_queue_run(&bench->queue, now);
    assert_string_equal(bench->fired, names);
}

static void nothing_is_due_before_it_is_scheduled(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    assert_true(bench.queue.next == EVENT_NEVER);
    assert_true(event_queue_next_wake(&bench.queue, false) == EVENT_NEVER);
    assert_fires(&bench, EVENT_NEVER - 1, "");
}

static void each_fires_once_at_its_time(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    schedule(&bench, 'b', 20);
    schedule(&bench, 'a', 30);
    schedule(&bench, 'c', 10);
    assert_int_equal(bench.queue.next, 10);
    assert_fires(&bench, 9, "");
    assert_fires(&bench, 10, "c");
    assert_int_equal(bench.queue.next, 20);
    assert_fires(&bench, 19, "");
    assert_fires(&bench, 20, "b");
    assert_fires(&bench, 20, "");
    assert_fires(&bench, 1000, "a"); // late, and once
    assert_true(bench.queue.next == EVENT_NEVER);
    assert_fires(&bench, 1000, "");
}

static void at_one_time_the_order_is_that_of_registration(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    schedule(&bench, 'd', 5);
    schedule(&bench, 'b', 5);
    schedule(&bench, 'a', 5);
    schedule(&bench, 'c', 5);
    assert_fires(&bench, 5, "abcd");
}

static void the_next_time_follows_what_is_scheduled_again(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    schedule(&bench, 'a', 10);
    schedule(&bench, 'b', 20);
    schedule(&bench, 'a', 30); // later: the other one is next
    assert_int_equal(bench.queue.next, 20);
    schedule(&bench, 'a', 15); // sooner
    assert_int_equal(bench.queue.next, 15);
    schedule(&bench, 'a', EVENT_NEVER);
    assert_int_equal(bench.queue.next, 20);
    assert_fires(&bench, 15, "");
    schedule(&bench, 'b', EVENT_NEVER);
    assert_true(bench.queue.next == EVENT_NEVER);
    assert_fires(&bench, EVENT_NEVER - 1, "");
}

// Two of one time: one that is put off takes its own time along, and not the other's.
static void one_of_two_that_are_due_can_be_put_off(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    schedule(&bench, 'a', 10);
    schedule(&bench, 'b', 10);
    schedule(&bench, 'a', 12);
    assert_int_equal(bench.queue.next, 10);
    assert_fires(&bench, 10, "b");
    assert_fires(&bench, 12, "a");
}

static void a_time_that_is_over_is_the_next_run(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    assert_fires(&bench, 100, "");
    schedule(&bench, 'a', 3);
    assert_int_equal(bench.queue.next, 3);
    assert_fires(&bench, 100, "a");
}

static void one_that_fires_can_schedule_itself(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    schedule(&bench, 'a', 10);
    have_it_schedule(&bench, 'a', 'a', 20);
    assert_fires(&bench, 10, "a");
    assert_int_equal(bench.queue.next, 20);
    assert_fires(&bench, 19, "");
    assert_fires(&bench, 20, "a"); // it asks for 20 again, which is now
    assert_int_equal(bench.queue.next, 20);
    assert_fires(&bench, 20, "a"); // once a run
}

static void one_that_fires_can_schedule_another_for_now(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    schedule(&bench, 'b', 10);
    have_it_schedule(&bench, 'b', 'c', 10);
    assert_fires(&bench, 10, "bc"); // its turn is yet to come
    schedule(&bench, 'b', 30);
    have_it_schedule(&bench, 'b', 'a', 30);
    assert_fires(&bench, 30, "b"); // its turn is over: the next run
    assert_int_equal(bench.queue.next, 30);
    assert_fires(&bench, 30, "a");
    assert_true(bench.queue.next == EVENT_NEVER);
}

static void one_that_fires_can_cancel_another_that_is_due(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    schedule(&bench, 'a', 10);
    schedule(&bench, 'b', 10);
    schedule(&bench, 'c', 10);
    have_it_schedule(&bench, 'a', 'b', EVENT_NEVER);
    assert_fires(&bench, 10, "ac");
    schedule(&bench, 'a', 20);
    schedule(&bench, 'b', 20);
    have_it_schedule(&bench, 'a', 'b', 25); // or put it off
    assert_fires(&bench, 20, "a");
    assert_int_equal(bench.queue.next, 25);
    assert_fires(&bench, 25, "b");
}

static void what_stands_still_wakes_nobody(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    bench.clients[0].event.stands_still_in_sleep = true;
    schedule(&bench, 'a', 10);
    assert_int_equal(bench.queue.next, 10);
    assert_true(event_queue_next_wake(&bench.queue, false) == EVENT_NEVER);
    schedule(&bench, 'b', 30);
    schedule(&bench, 'c', 20);
    assert_int_equal(event_queue_next_wake(&bench.queue, false), 20);
    assert_true(event_queue_next_wake(&bench.queue, true) == EVENT_NEVER);
    bench.clients[1].event.goes_on_in_stop = true;
    assert_int_equal(event_queue_next_wake(&bench.queue, true), 30);
    assert_fires(&bench, 20, "ac"); // it goes on with the others
    assert_int_equal(event_queue_next_wake(&bench.queue, false), 30);
}

static void a_full_queue_takes_no_more(void **state)
{
    static struct event events[EVENT_QUEUE_EVENTS + 1];
    struct event_queue queue;
    (void)state;

    event_queue_open(&queue);
    for (size_t i = 0; i < EVENT_QUEUE_EVENTS; i++) {
        events[i].at = 1; // a client's first value counts for nothing
        assert_true(event_queue_add(&queue, &events[i]));
    }
    assert_true(events[0].at == EVENT_NEVER);
    assert_true(queue.next == EVENT_NEVER);
    assert_false(event_queue_add(&queue, &events[EVENT_QUEUE_EVENTS]));
    assert_int_equal(queue.count, EVENT_QUEUE_EVENTS);
    event_queue_open(&queue);
    assert_int_equal(queue.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_due_before_it_is_scheduled),
        cmocka_unit_test(each_fires_once_at_its_time),
        cmocka_unit_test(at_one_time_the_order_is_that_of_registration),
        cmocka_unit_test(the_next_time_follows_what_is_scheduled_again),
        cmocka_unit_test(one_of_two_that_are_due_can_be_put_off),
        cmocka_unit_test(a_time_that_is_over_is_the_next_run),
        cmocka_unit_test(one_that_fires_can_schedule_itself),
        cmocka_unit_test(one_that_fires_can_schedule_another_for_now),
        cmocka_unit_test(one_that_fires_can_cancel_another_that_is_due),
        cmocka_unit_test(what_stands_still_wakes_nobody),
        cmocka_unit_test(a_full_queue_takes_no_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
