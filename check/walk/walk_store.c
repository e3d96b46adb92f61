// walk_store.c: gives events and frames room in blocks that are freed together.
// SPDX-License-Identifier: MIT
#include "walk_store.h"

#include <stdlib.h>

enum { BLOCK_EVENTS = 512, FRAME_CHAINS = 4096 };

struct event_block {
    struct event_block *next;
    size_t used;
    struct event events[BLOCK_EVENTS];
};

// Frames with the same hash.
struct frame_node {
    struct frame frame;
    struct frame_node *next;
};

struct walk_store {
    struct effort *effort;
    struct event_block *events;
    struct frame_node *frames[FRAME_CHAINS];
};

struct walk_store *walk_store_open(struct effort *effort)
{
    struct walk_store *store = calloc(1, sizeof *store);

    if (store) {
        store->effort = effort;
    }
    return store;
}

void walk_store_close(struct walk_store *store)
{
    if (!store) {
        return;
    }
    while (store->events) {
        struct event_block *next = store->events->next;
        effort_give(store->effort, sizeof *store->events);
        free(store->events);
        store->events = next;
    }
    for (size_t i = 0; i < FRAME_CHAINS; i++) {
        while (store->frames[i]) {
            struct frame_node *next = store->frames[i]->next;
            effort_give(store->effort, sizeof *store->frames[i]);
            free(store->frames[i]);
            store->frames[i] = next;
        }
    }
    free(store);
}

const struct event *walk_store_event(struct walk_store *store, const struct event *event)
{
    if (!store->events || store->events->used == BLOCK_EVENTS) {
        struct event_block *block = malloc(sizeof *block);
        if (!block) {
            return NULL;
        }
        effort_take(store->effort, sizeof *block);
        block->used = 0;
        block->next = store->events;
        store->events = block;
    }
    struct event *kept = &store->events->events[store->events->used++];
    *kept = *event;
    return kept;
}

const struct frame *walk_store_frame(struct walk_store *store, const struct frame *frame)
{
    uint32_t caller = (uint32_t)((uintptr_t)frame->caller >> 4); // which stands for all before it
    uint32_t hash = (frame->call ^ caller * 40503u ^ frame->callee * 97u) * 2654435761u;
    struct frame_node **chain = &store->frames[hash >> 12 & (FRAME_CHAINS - 1)];

    for (struct frame_node *node = *chain; node; node = node->next) {
        if (node->frame.caller == frame->caller && node->frame.call == frame->call &&
            node->frame.callee == frame->callee && node->frame.back == frame->back) {
            return &node->frame;
        }
    }
    struct frame_node *node = malloc(sizeof *node);
    if (!node) {
        return NULL;
    }
    effort_take(store->effort, sizeof *node);
    node->frame = *frame;
    node->next = *chain;
    *chain = node;
    return &node->frame;
}
