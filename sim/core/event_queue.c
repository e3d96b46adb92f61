// event_queue.c: keeps the events of a chip and fires those that are due.
// SPDX-License-Identifier: MIT
//
// A chip has a few dozen events, of which few are scheduled at a time: a search costs less than
// keeping them sorted, and it is made only when something is scheduled or fires.
#include "event_queue.h"

static void find_next(struct event_queue *queue)
{
    queue->next = EVENT_NEVER;
    for (size_t i = 0; i < queue->count; i++) {
        if (queue->events[i]->at < queue->next) {
            queue->next = queue->events[i]->at;
        }
    }
}

void event_queue_open(struct event_queue *queue)
{
    *queue = (struct event_queue){.next = EVENT_NEVER};
}

bool event_queue_add(struct event_queue *queue, struct event *event)
{
    if (queue->count == EVENT_QUEUE_EVENTS) {
        return false;
    }
    event->at = EVENT_NEVER;
    queue->events[queue->count++] = event;
    return true;
}

void event_schedule(struct event_queue *queue, struct event *event, uint64_t at)
{
    bool was_next = event->at == queue->next;

    event->at = at;
    if (at <= queue->next) {
        queue->next = at;
    } else if (was_next) {
        find_next(queue);
    }
}

void event_queue_run(struct event_queue *queue, uint64_t now)
{
    for (size_t i = 0; i < queue->count; i++) {
        struct event *event = queue->events[i];
        if (event->at <= now) {
            event->at = EVENT_NEVER;
            event->fire(event->context);
        }
    }
    find_next(queue);
}

uint64_t event_queue_next_but(const struct event_queue *queue, const struct event *but)
{
    uint64_t next = EVENT_NEVER;

    for (size_t i = 0; i < queue->count; i++) {
        if (queue->events[i] != but && queue->events[i]->at < next) {
            next = queue->events[i]->at;
        }
    }
    return next;
}

uint64_t event_queue_next_wake(const struct event_queue *queue, bool deeply)
{
    uint64_t next = EVENT_NEVER;

    for (size_t i = 0; i < queue->count; i++) {
        const struct event *event = queue->events[i];
        bool goes_on = deeply ? event->goes_on_in_stop : !event->stands_still_in_sleep;
        if (goes_on && event->at < next) {
            next = event->at;
        }
    }
    return next;
}
