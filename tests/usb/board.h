// board.h: one usbip server as one port of a USB hub: what is plugged in, and its transfers.
// SPDX-License-Identifier: MIT
//
// Each board has a thread that waits for the device, imports it, asks it what the kernel asks of a
// new device, announces it, and takes its replies until the connection ends; then from the start.
#ifndef BOOTLEAP_TESTS_BOARD_H
#define BOOTLEAP_TESTS_BOARD_H

#include "control_fault.h"
#include "usbip_link.h"

#include <pthread.h>

enum {
    BOARD_CONFIGURATION = 4096, // bytes of its descriptor, at most
    BOARD_TRANSFER = 65536,     // bytes of one, at most
    BOARD_TEXT = 384,
    BOARD_FAULTS = 16,
};

// What a device says of itself when it is plugged in.
struct board_descriptors {
    uint8_t device[18];
    uint8_t configuration[BOARD_CONFIGURATION];
    uint32_t configuration_size;
    char manufacturer[BOARD_TEXT], product[BOARD_TEXT], serial[BOARD_TEXT]; // "" if it has none
};

// A transfer on its way. Its memory is the board's from board_submit() until it is taken.
struct transfer {
    struct transfer *next;
    void *owner, *what; // whose, and what it is to them
    uint32_t number;
    uint8_t endpoint;
    uint8_t setup[USBIP_SETUP];
    uint8_t *data; // allocated, `length` bytes
    uint32_t length;
    int32_t status; // 0 or a negative errno
    uint32_t actual;
    struct fault fault;
    bool done;
};

struct board;

// What all boards of a stage share.
struct stage {
    pthread_mutex_t lock; // of what is below
    struct fault faults[BOARD_FAULTS];
    unsigned fault_count;
    unsigned transfers; // control transfers of the program, so far
    FILE *log;          // a line for each of them, or NULL
    bool ends;
    // A device is there, or is there no more. Called by the board's thread.
    void (*plugged)(struct board *board);
    void (*unplugged)(struct board *board);
    void *context;
};

struct board {
    struct stage *stage;
    struct usbip_address address;
    unsigned port; // of the hub, from 1
    struct usbip_device device;
    struct board_descriptors descriptors;
    pthread_t thread;

    pthread_mutex_t lock; // of what is below
    pthread_cond_t changed;
    int connection; // -1: there is no device
    bool present;   // it takes transfers,
    bool announced; // and is in /sys, too
    bool looked;    // its server was asked, and what it had then is announced
    unsigned device_number;
    bool unplug;   // it is pulled out,
    unsigned back; // and plugged in again after so many ms; 0: never
    uint32_t last_number;
    struct transfer *transfers; // in order of their submission
    unsigned counts[CONTROL_KINDS];
};

// Starts the thread. 0 or an errno.
int board_start(struct board *board);

// Sees to it that the thread ends, and waits for that.
void board_stop(struct board *board);

// True while the device is there and has this number.
bool board_is(struct board *board, unsigned device_number);

// Sends a transfer; its `data` is what the host sends, or room for what it gets. 0, or -ENODEV, and
// then it is not taken.
int board_submit(struct board *board, struct transfer *transfer);

// A transfer of this owner that is done, and is the owner's again. NULL if there is none, or none
// is done after `ms` milliseconds; `*gone` if the device is.
struct transfer *board_take(struct board *board, const void *owner, unsigned ms, bool *gone);

// Cuts one short, which then is done with -ENOENT: `what` is it to its owner, NULL: any. False
// where there is none that is not done.
bool board_discard(struct board *board, const void *owner, const void *what);

// A control transfer without data, to its end. 0 or a negative errno.
int board_control(struct board *board, const uint8_t setup[USBIP_SETUP]);

#endif
