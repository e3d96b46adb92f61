// event_queue.h: calls its clients back at a time, which is counted in instructions since power-on.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_EVENT_QUEUE_H
#define BOOTLEAP_SIM_EVENT_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { EVENT_QUEUE_EVENTS = 96 };
#define EVENT_NEVER UINT64_MAX

// What a client registers once, and keeps as long as the queue. It schedules the event again
// whenever it wants to be called.
struct event {
    void (*fire)(void *context);
    void *context;
    bool stands_still_in_sleep; // it does not wake a core that sleeps
    bool goes_on_in_stop;       // it has a clock that Stop and Standby leave on
    uint64_t at;                // set by event_schedule()
};

struct event_queue {
    struct event *events[EVENT_QUEUE_EVENTS];
    size_t count;
    uint64_t next; // nothing is due before
};

// Empties the queue: no event is registered.
void event_queue_open(struct event_queue *queue);

// Registers an event that is not scheduled. At one time events fire in the order of their
// registration. False if there is no room.
bool event_queue_add(struct event_queue *queue, struct event *event);

// Has the event fire once at this time, or the next time that the queue runs where that is over;
// EVENT_NEVER: not at all.
void event_schedule(struct event_queue *queue, struct event *event, uint64_t at);

// Fires what is due at `now`.
void event_queue_run(struct event_queue *queue, uint64_t now);

// When the next event is due, leaving this one out; EVENT_NEVER if none is.
uint64_t event_queue_next_but(const struct event_queue *queue, const struct event *but);

// When the next event may wake a core that sleeps, or sleeps `deeply`, in Stop or Standby;
// EVENT_NEVER if none does.
uint64_t event_queue_next_wake(const struct event_queue *queue, bool deeply);

#endif
