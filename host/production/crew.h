// crew.h: work that goes on at the same time, in a thread each, and a lock of theirs.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_CREW_H
#define BOOTLEAP_HOST_CREW_H

struct crew_member;

// Begins work in a thread of its own. NULL where this computer has none left.
struct crew_member *crew_begin(void (*work)(void *context), void *context);

// Waits until its work is done.
void crew_end(struct crew_member *member);

struct crew_lock;

struct crew_lock *crew_lock_make(void); // NULL without memory
void crew_lock_free(struct crew_lock *lock);
void crew_lock_hold(struct crew_lock *lock); // waits until nobody else does
void crew_lock_release(struct crew_lock *lock);

#endif
