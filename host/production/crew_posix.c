// crew_posix.c: POSIX threads.
// SPDX-License-Identifier: MIT
#include "crew.h"

#include <pthread.h>
#include <stdlib.h>

struct crew_member {
    pthread_t thread;
    void (*work)(void *context);
    void *context;
};

struct crew_lock {
    pthread_mutex_t mutex;
};

static void *run(void *argument)
{
    struct crew_member *member = argument;

    member->work(member->context);
    return NULL;
}

struct crew_member *crew_begin(void (*work)(void *context), void *context)
{
    struct crew_member *member = calloc(1, sizeof *member);

    if (member == NULL) {
        return NULL;
    }
    member->work = work;
    member->context = context;
    if (pthread_create(&member->thread, NULL, run, member) != 0) {
        free(member);
        return NULL;
    }
    return member;
}

void crew_end(struct crew_member *member)
{
    pthread_join(member->thread, NULL);
    free(member);
}

struct crew_lock *crew_lock_make(void)
{
    struct crew_lock *lock = calloc(1, sizeof *lock);

    if (lock && pthread_mutex_init(&lock->mutex, NULL) != 0) {
        free(lock);
        return NULL;
    }
    return lock;
}

void crew_lock_free(struct crew_lock *lock)
{
    if (lock) {
        pthread_mutex_destroy(&lock->mutex);
    }
    free(lock);
}

void crew_lock_hold(struct crew_lock *lock)
{
    pthread_mutex_lock(&lock->mutex);
}

void crew_lock_release(struct crew_lock *lock)
{
    pthread_mutex_unlock(&lock->mutex);
}
