// decoder.c: keeps the instructions that were read, in the order of their reading.
// SPDX-License-Identifier: MIT
//
// Each region has a number for each of its halfwords: of the instruction that begins there, from 1
// on; 0: it was not read yet. Instructions lie in chunks, so that they never move.
#include "decoder.h"

#include "decode.h"
#include "image_bytes.h"

#include <stdlib.h>

enum { CHUNK = 1024 };

struct decoder {
    const struct code_map *map;
    uint32_t **numbers; // of each region; NULL: nothing was read in it yet
    struct instruction **chunks;
    size_t chunk_count, chunk_room;
    size_t count;
};

struct decoder *decoder_open(const struct code_map *map)
{
    struct decoder *decoder = calloc(1, sizeof *decoder);

    if (!decoder) {
        return NULL;
    }
    decoder->map = map;
    decoder->numbers = calloc(map->count + 1, sizeof *decoder->numbers);
    if (!decoder->numbers) {
        free(decoder);
        return NULL;
    }
    return decoder;
}

void decoder_close(struct decoder *decoder)
{
    if (!decoder) {
        return;
    }
    for (size_t i = 0; i < decoder->map->count; i++) {
        free(decoder->numbers[i]);
    }
    for (size_t i = 0; i < decoder->chunk_count; i++) {
        free(decoder->chunks[i]);
    }
    free(decoder->numbers);
    free(decoder->chunks);
    free(decoder);
}

static bool grow(struct decoder *decoder)
{
    if (decoder->chunk_count == decoder->chunk_room) {
        size_t room = decoder->chunk_room ? decoder->chunk_room * 2 : 16;
        struct instruction **chunks = realloc(decoder->chunks, room * sizeof *chunks);
        if (!chunks) {
            return false;
        }
        decoder->chunks = chunks;
        decoder->chunk_room = room;
    }
    struct instruction *chunk = malloc(CHUNK * sizeof *chunk);
    if (!chunk) {
        return false;
    }
    decoder->chunks[decoder->chunk_count++] = chunk;
    return true;
}

static struct instruction *kept(const struct decoder *decoder, uint32_t number)
{
    return &decoder->chunks[(number - 1) / CHUNK][(number - 1) % CHUNK];
}

// Reads it and gives it the next number. NULL: it does not lie in the region as a whole.
static struct instruction *read_new(struct decoder *decoder, const struct code_region *region,
                                    uint32_t address)
{
    uint32_t offset = address - region->address, left = region->size - offset;
    unsigned first = left >= 2 ? half_at(region->bytes + offset) : 0;

    if (left < 2 || (decode_is_wide(first) && left < 4)) {
        return NULL;
    }
    if (decoder->count == decoder->chunk_count * CHUNK && !grow(decoder)) {
        return NULL;
    }
    struct instruction *instruction = kept(decoder, (uint32_t)++decoder->count);
    decode(instruction, address, first, left >= 4 ? half_at(region->bytes + offset + 2) : 0);
    return instruction;
}

// The region's numbers, which are made when it is first read.
static uint32_t *numbers_of(struct decoder *decoder, const struct code_region *region)
{
    uint32_t **numbers = &decoder->numbers[region - decoder->map->regions];

    if (!*numbers) {
        *numbers = calloc(region->size / 2 + 1, sizeof **numbers);
    }
    return *numbers;
}

const struct instruction *decoder_read(struct decoder *decoder, uint32_t address)
{
    const struct code_region *region =
        address % 2 ? NULL : code_map_region(decoder->map, address, 2);

    // A region that is only loaded there runs elsewhere.
    if (!region || !region->executable || address - region->address >= region->size) {
        return NULL;
    }
    uint32_t *numbers = numbers_of(decoder, region);
    if (!numbers) {
        return NULL;
    }
    uint32_t *number = &numbers[(address - region->address) / 2];
    if (*number) {
        return kept(decoder, *number);
    }
    const struct instruction *instruction = read_new(decoder, region, address);
    if (instruction) {
        *number = (uint32_t)decoder->count;
    }
    return instruction;
}

size_t decoder_count(const struct decoder *decoder)
{
    return decoder->count;
}
