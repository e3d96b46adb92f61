// kernel.h: the few names of Zephyr's kernel that the applications of docs/zephyr.md use.
// SPDX-License-Identifier: MIT
#ifndef ZEPHYR_KERNEL_H
#define ZEPHYR_KERNEL_H

#include <stddef.h>
#include <stdint.h>

#define EACCES 13

#define ARG_UNUSED(argument) (void)(argument)
#define K_MSEC(milliseconds) (milliseconds)

struct k_work {
    int unused;
};

struct k_work_delayable {
    struct k_work work;
    void (*handler)(struct k_work *);
};

#define K_WORK_DELAYABLE_DEFINE(name, function)                                                    \
    struct k_work_delayable name = {.handler = (function)}

void printk(const char *text);
int k_work_schedule(struct k_work_delayable *work, uint32_t milliseconds);

#endif
