// dma_requests.c: finds the peripheral that asks a channel, as the row has its requests.
// SPDX-License-Identifier: MIT
#include "dma_requests.h"

#include "chip.h"

#include <string.h>

// What the selector of the channel holds; 0 where there is none.
static int selected(const struct block *dma, unsigned index)
{
    const struct dma_selector *selector = dma->chip->device->dma_selectors;

    while (selector->dma && strcmp(selector->dma, dma->peripheral->name) != 0) {
        selector++;
    }
    if (!selector->dma) {
        return 0;
    }
    uint32_t word = bus_peek(dma->chip, selector->address + index * selector->stride);
    return (int)(word >> (selector->shift + index * selector->shift_stride) & selector->mask);
}

static bool fits(const struct block *dma, const struct dma_request *request, unsigned number,
                 int value)
{
    return strcmp(request->dma, dma->peripheral->name) == 0 &&
           (request->channel < 0 || request->channel == (int)number) &&
           (request->request < 0 || request->request == value) &&
           (!request->mask ||
            (bus_peek(dma->chip, request->address) & request->mask) == request->value);
}

struct dma_source dma_requests_source(const struct block *dma, unsigned index, unsigned number)
{
    const struct dma_request *request = dma->chip->device->dma_requests;
    int value = selected(dma, index);

    for (; request->dma; request++) {
        const struct block *block =
            fits(dma, request, number, value) ? block_find(dma->chip, request->peripheral) : NULL;
        if (block && block->type->role == ROLE_SERIAL) {
            return (struct dma_source){block, request->receives};
        }
    }
    return (struct dma_source){NULL, false};
}

void dma_requests_changed(struct chip *chip)
{
    struct block *dma = block_with_role(chip, ROLE_DMA, NULL);

    for (; dma; dma = block_with_role(chip, ROLE_DMA, dma)) {
        dma->type->dma->look(dma);
    }
}
