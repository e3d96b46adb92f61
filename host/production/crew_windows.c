// crew_windows.c: threads of Windows.
// SPDX-License-Identifier: MIT
#include "crew.h"

#include <process.h>
#include <stdlib.h>
#include <windows.h>

struct crew_member {
    HANDLE thread;
    void (*work)(void *context);
    void *context;
};

struct crew_lock {
    SRWLOCK lock;
};

static unsigned __stdcall run(void *argument)
{
    struct crew_member *member = argument;

    member->work(member->context);
    return 0;
}

struct crew_member *crew_begin(void (*work)(void *context), void *context)
{
    struct crew_member *member = calloc(1, sizeof *member);

    if (member == NULL) {
        return NULL;
    }
    member->work = work;
    member->context = context;
    member->thread = (HANDLE)_beginthreadex(NULL, 0, run, member, 0, NULL);
    if (member->thread == NULL) {
        free(member);
        return NULL;
    }
    return member;
}

void crew_end(struct crew_member *member)
{
    WaitForSingleObject(member->thread, INFINITE);
    CloseHandle(member->thread);
    free(member);
}

struct crew_lock *crew_lock_make(void)
{
    struct crew_lock *lock = calloc(1, sizeof *lock);

    if (lock) {
        InitializeSRWLock(&lock->lock);
    }
    return lock;
}

void crew_lock_free(struct crew_lock *lock)
{
    free(lock);
}

void crew_lock_hold(struct crew_lock *lock)
{
    AcquireSRWLockExclusive(&lock->lock);
}

void crew_lock_release(struct crew_lock *lock)
{
    ReleaseSRWLockExclusive(&lock->lock);
}
