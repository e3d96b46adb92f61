// board.c: one port of the hub: its device comes and goes, its transfers are done.
// SPDX-License-Identifier: MIT
#include "board.h"

#include "board_descriptors.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    ASK_AGAIN_MS = 5,
    CONTROL_MS = 5000, // as the kernel waits for a control transfer of its own
};

static void pause_ms(unsigned ms)
{
    const struct timespec time = {ms / 1000, (long)(ms % 1000) * 1000000};

    nanosleep(&time, NULL);
}

static bool ends(struct stage *stage)
{
    bool answer;

    pthread_mutex_lock(&stage->lock);
    answer = stage->ends;
    pthread_mutex_unlock(&stage->lock);
    return answer;
}

static void set_done(struct board *board, struct transfer *transfer, int32_t status)
{
    transfer->status = status;
    transfer->done = true;
    pthread_cond_broadcast(&board->changed);
}

static void spoil(uint8_t *data, uint32_t size, unsigned at)
{
    if (at < size) {
        data[at] ^= 0x10;
    }
}

// What a reply is to its transfer, with the fault that it was to have.
static void finish(struct board *board, struct transfer *transfer, const struct usbip_reply *reply)
{
    transfer->actual = reply->length;
    if (transfer->fault.kind == FAULT_SHORT) {
        transfer->actual -=
            transfer->fault.amount < transfer->actual ? transfer->fault.amount : transfer->actual;
    }
    if (transfer->fault.kind == FAULT_WRONG && transfer->endpoint & 0x80) {
        spoil(transfer->data, transfer->actual, transfer->fault.amount);
    }
    set_done(board, transfer, reply->status);
}

static struct transfer *numbered(struct board *board, uint32_t number)
{
    struct transfer *transfer = board->transfers;

    while (transfer && (transfer->number != number || transfer->done)) {
        transfer = transfer->next;
    }
    return transfer;
}

// One reply of the server. False where there are no more.
static bool take_reply(struct board *board)
{
    static _Thread_local uint8_t data[BOARD_TRANSFER];
    struct usbip_reply reply;
    struct transfer *transfer;
    uint32_t most = sizeof data;
    unsigned late = 0;

    if (!usbip_receive(board->connection, &reply)) {
        return false;
    }
    if (reply.unlinked) {
        return true;
    }
    pthread_mutex_lock(&board->lock);
    transfer = numbered(board, reply.number); // none: it was cut short after all was done
    if (transfer) {
        most = transfer->length;
        late = transfer->fault.kind == FAULT_LATE ? transfer->fault.amount : 0;
    }
    pthread_mutex_unlock(&board->lock);
    if (reply.length > most || (usbip_number_reads(reply.number) &&
                                !usbip_receive_data(board->connection, data, reply.length))) {
        return false;
    }
    pause_ms(late);
    pthread_mutex_lock(&board->lock);
    transfer = numbered(board, reply.number);
    if (transfer) {
        if (transfer->endpoint & 0x80) {
            memcpy(transfer->data, data, reply.length);
        }
        finish(board, transfer, &reply);
    }
    pthread_mutex_unlock(&board->lock);
    return true;
}

// The device is no more: what is on its way fails.
static void drop(struct board *board)
{
    pthread_mutex_lock(&board->lock);
    board->present = board->announced = false;
    close(board->connection);
    board->connection = -1;
    for (struct transfer *one = board->transfers; one; one = one->next) {
        if (!one->done) {
            set_done(board, one, -ESHUTDOWN);
        }
    }
    pthread_cond_broadcast(&board->changed);
    pthread_mutex_unlock(&board->lock);
}

// True if its device may come back.
static bool comes_back(struct board *board)
{
    bool back;
    unsigned after;

    pthread_mutex_lock(&board->lock);
    after = board->unplug ? board->back : 0;
    back = !board->unplug || after;
    board->unplug = false;
    pthread_mutex_unlock(&board->lock);
    pause_ms(after);
    return back;
}

static void set_looked(struct board *board, bool now)
{
    pthread_mutex_lock(&board->lock);
    board->looked |= now;
    pthread_mutex_unlock(&board->lock);
}

static void while_plugged(struct board *board)
{
    if (board_enumerate(board)) {
        pthread_mutex_lock(&board->lock);
        board->present = true;
        pthread_mutex_unlock(&board->lock);
        board->stage->plugged(board);
        pthread_mutex_lock(&board->lock);
        board->announced = board->looked = true;
        pthread_mutex_unlock(&board->lock);
        while (take_reply(board)) {
        }
        drop(board);
        board->stage->unplugged(board);
    } else {
        drop(board);
        set_looked(board, true);
    }
}

static void *run(void *context)
{
    struct board *board = context;

    while (!ends(board->stage)) {
        bool listed = usbip_list(&board->address, &board->device);
        int connection = listed ? usbip_import(&board->address, &board->device) : -1;
        if (connection < 0) {
            set_looked(board, !listed);
            pause_ms(ASK_AGAIN_MS);
            continue;
        }
        pthread_mutex_lock(&board->lock);
        board->connection = connection;
        pthread_mutex_unlock(&board->lock);
        if (ends(board->stage)) { // board_stop() may have come before it could see the connection
            drop(board);
            break;
        }
        while_plugged(board);
        if (!comes_back(board)) {
            break;
        }
    }
    return NULL;
}

int board_start(struct board *board)
{
    pthread_mutex_init(&board->lock, NULL);
    pthread_cond_init(&board->changed, NULL);
    board->connection = -1;
    return pthread_create(&board->thread, NULL, run, board);
}

void board_stop(struct board *board)
{
    pthread_mutex_lock(&board->lock);
    if (board->connection >= 0) {
        shutdown(board->connection, SHUT_RDWR);
    }
    pthread_mutex_unlock(&board->lock);
    pthread_join(board->thread, NULL);
}

// The fault of the next control transfer of the program.
static struct fault next_fault(struct board *board, const struct transfer *transfer)
{
    struct stage *stage = board->stage;
    struct fault fault = {0};

    pthread_mutex_lock(&stage->lock);
    stage->transfers++;
    for (unsigned i = 0; i < stage->fault_count; i++) {
        if (stage->faults[i].at == stage->transfers) {
            fault = stage->faults[i];
        }
    }
    if (stage->log) {
        const uint8_t *setup = transfer->setup;
        fprintf(stage->log, "%u: %u.%u %s %02x %02x value %u length %u fault %d\n",
                stage->transfers, board->port, board->device_number,
                control_name(control_kind(setup, transfer->data)), setup[0], setup[1],
                setup[2] | (unsigned)setup[3] << 8, transfer->length, (int)fault.kind);
        fflush(stage->log);
    }
    pthread_mutex_unlock(&stage->lock);
    return fault;
}

// Puts it last. The lock is held.
static void append(struct board *board, struct transfer *transfer)
{
    struct transfer **end = &board->transfers;

    while (*end) {
        end = &(*end)->next;
    }
    transfer->next = NULL;
    *end = transfer;
}

static void pull_out(struct board *board, const struct fault *fault)
{
    board->present = false;
    board->unplug = true;
    board->back = fault->kind == FAULT_REPLUG ? fault->amount : 0;
    shutdown(board->connection, SHUT_RDWR);
}

// The lock is held. 0 or -ENODEV.
static int begin(struct board *board, struct transfer *transfer)
{
    struct usbip_submit submit = {.number =
                                      usbip_number(&board->last_number, transfer->endpoint & 0x80),
                                  .endpoint = transfer->endpoint,
                                  .data = transfer->data,
                                  .length = transfer->length};

    memcpy(submit.setup, transfer->setup, USBIP_SETUP);
    transfer->number = submit.number;
    transfer->done = false;
    switch (transfer->fault.kind) {
    case FAULT_GONE:
    case FAULT_REPLUG:
        pull_out(board, &transfer->fault);
        return -ENODEV;
    case FAULT_STALL:
    case FAULT_ERROR:
        append(board, transfer);
        set_done(board, transfer, transfer->fault.kind == FAULT_STALL ? -EPIPE : -EPROTO);
        return 0;
    case FAULT_WRONG:
        if (!(transfer->endpoint & 0x80)) {
            spoil(transfer->data, transfer->length, transfer->fault.amount);
        }
        break;
    default:
        break;
    }
    append(board, transfer);
    // Where that fails the connection has ended, and the board's thread ends the transfer.
    usbip_send(board->connection, &board->device, &submit);
    return 0;
}

bool board_is(struct board *board, unsigned device_number)
{
    bool answer;

    pthread_mutex_lock(&board->lock);
    answer = board->present && board->device_number == device_number;
    pthread_mutex_unlock(&board->lock);
    return answer;
}

int board_submit(struct board *board, struct transfer *transfer)
{
    int error = -ENODEV;

    pthread_mutex_lock(&board->lock);
    if (board->present) {
        if ((transfer->endpoint & 0x0F) == 0) {
            transfer->fault = next_fault(board, transfer);
            board->counts[control_kind(transfer->setup, transfer->data)]++;
        }
        error = begin(board, transfer);
    }
    pthread_mutex_unlock(&board->lock);
    return error;
}

static struct transfer *unlink_done(struct board *board, const void *owner)
{
    for (struct transfer **at = &board->transfers; *at; at = &(*at)->next) {
        struct transfer *found = *at;
        if (found->owner == owner && found->done) {
            *at = found->next;
            return found;
        }
    }
    return NULL;
}

static bool has_any(const struct board *board, const void *owner)
{
    const struct transfer *one = board->transfers;

    while (one && one->owner != owner) {
        one = one->next;
    }
    return one != NULL;
}

struct transfer *board_take(struct board *board, const void *owner, unsigned ms, bool *gone)
{
    struct transfer *found;
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += (long)(ms % 1000) * 1000000;
    until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&board->lock);
    while (!(found = unlink_done(board, owner)) && has_any(board, owner) &&
           pthread_cond_timedwait(&board->changed, &board->lock, &until) == 0) {
    }
    *gone = !found && !board->present;
    pthread_mutex_unlock(&board->lock);
    return found;
}

bool board_discard(struct board *board, const void *owner, const void *what)
{
    struct transfer *one;

    pthread_mutex_lock(&board->lock);
    one = board->transfers;
    while (one && (one->owner != owner || (what && one->what != what) || one->done)) {
        one = one->next;
    }
    if (one) {
        usbip_unlink(board->connection, &board->device, usbip_number(&board->last_number, false),
                     one->number);
        set_done(board, one, -ENOENT);
    }
    pthread_mutex_unlock(&board->lock);
    return one != NULL;
}

int board_control(struct board *board, const uint8_t setup[USBIP_SETUP])
{
    struct transfer transfer = {.owner = &transfer, .what = &transfer};
    bool gone = false;
    int error;

    memcpy(transfer.setup, setup, USBIP_SETUP);
    error = board_submit(board, &transfer);
    if (error) {
        return error;
    }
    if (!board_take(board, &transfer, CONTROL_MS, &gone)) {
        board_discard(board, &transfer, &transfer);
        board_take(board, &transfer, 0, &gone);
        return gone ? -ENODEV : -ETIMEDOUT;
    }
    return transfer.status;
}
