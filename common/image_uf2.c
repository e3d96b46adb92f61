// image_uf2.c: reads UF2: blocks of 512 bytes, each with its address and its number.
// SPDX-License-Identifier: MIT
//
// The format: microsoft/uf2, README.md.
#include "image_bytes.h"
#include "image_reader.h"
#include "uf2_families.h"

#include <stdlib.h>

enum { BLOCK_BYTES = 512, PAYLOAD_MAX = 476, PAYLOAD_AT = 32, END_AT = 508 };
enum { FLAGS_AT = 8, ADDRESS_AT = 12, SIZE_AT = 16, NUMBER_AT = 20, COUNT_AT = 24, FAMILY_AT = 28 };
enum { FIRST_MAGIC = 0x0A324655, SECOND_MAGIC_AT = 4, END_MAGIC = 0x0AB16F30 };
enum { NOT_MAIN_FLASH = 0x0001, FILE_CONTAINER = 0x1000, HAS_FAMILY = 0x2000 };
#define SECOND_MAGIC 0x9E5D5157u // beyond an int

static const char damaged[] = "the file is damaged: build it again, or copy it again";

struct uf2 {
    const struct source *source;
    uint8_t *seen; // a byte a block, by its number
    uint32_t blocks;
    uint32_t left_out;    // blocks that are for another memory than the main flash
    bool any, has_family; // of the blocks so far
    uint32_t family;
};

static const struct uf2_family *family_of(uint32_t id)
{
    for (const struct uf2_family *family = uf2_families; family->name; family++) {
        if (family->id == id) {
            return family;
        }
    }
    return NULL;
}

static int check_block(struct uf2 *uf2, uint32_t index, const uint8_t *block,
                       struct problem *problem)
{
    const char *path = uf2->source->path;
    uint32_t number = word_at(block + NUMBER_AT), count = word_at(block + COUNT_AT);

    if (word_at(block) != FIRST_MAGIC || word_at(block + SECOND_MAGIC_AT) != SECOND_MAGIC ||
        word_at(block + END_AT) != END_MAGIC) {
        return problem_set(problem, EXIT_USAGE, damaged,
                           "%s: block %u of the UF2 file does not look like one", path, index);
    }
    if (count != uf2->blocks) {
        return problem_set(problem, EXIT_USAGE, damaged,
                           "%s: UF2 file with %u blocks, block %u says that they are %u", path,
                           (unsigned)uf2->blocks, (unsigned)index, (unsigned)count);
    }
    if (number >= count || uf2->seen[number]) {
        return problem_set(problem, EXIT_USAGE, damaged, "%s: UF2 file with %s block %u", path,
                           number >= count ? "no place for" : "two of", (unsigned)number);
    }
    uf2->seen[number] = 1;
    if (word_at(block + SIZE_AT) > PAYLOAD_MAX) {
        return problem_set(problem, EXIT_USAGE, damaged,
                           "%s: UF2 file whose block %u has %u bytes of data, at most %u fit", path,
                           (unsigned)index, (unsigned)word_at(block + SIZE_AT), PAYLOAD_MAX);
    }
    return 0;
}

static int check_family(struct uf2 *uf2, const uint8_t *block, struct problem *problem)
{
    bool has = word_at(block + FLAGS_AT) & HAS_FAMILY;
    uint32_t id = has ? word_at(block + FAMILY_AT) : 0;
    const struct uf2_family *family = has ? family_of(id) : NULL;

    if (family && !family->series[0]) {
        return problem_set(problem, EXIT_USAGE, "the build for an STM32", "%s: UF2 file for %s",
                           uf2->source->path, family->name);
    }
    if (uf2->any && (has != uf2->has_family || id != uf2->family)) {
        return problem_set(problem, EXIT_USAGE, "the file for this chip alone",
                           "%s: UF2 file for several kinds of chip, 0x%08X and 0x%08X",
                           uf2->source->path, (unsigned)uf2->family, (unsigned)id);
    }
    uf2->any = true;
    uf2->has_family = has;
    uf2->family = id;
    return 0;
}

static int take_block(struct uf2 *uf2, struct image *image, uint32_t index, struct problem *problem)
{
    const uint8_t *block = uf2->source->bytes + (size_t)index * BLOCK_BYTES;

    int error = check_block(uf2, index, block, problem);
    if (error) {
        return error;
    }
    uint32_t flags = word_at(block + FLAGS_AT);
    if (flags & FILE_CONTAINER) { // then the other flag does not count
        return problem_set(problem, EXIT_USAGE, "the firmware file in its place",
                           "%s: UF2 file that carries files, not flash", uf2->source->path);
    }
    if (flags & NOT_MAIN_FLASH) {
        uf2->left_out++;
        return 0;
    }
    error = check_family(uf2, block, problem);
    return error ? error
                 : image_append(image, uf2->source, word_at(block + ADDRESS_AT), block + PAYLOAD_AT,
                                word_at(block + SIZE_AT), problem);
}

static void note(const struct uf2 *uf2, struct image *image)
{
    if (uf2->left_out) {
        image_note(image, "%u of %u blocks are not for the main flash: left out",
                   (unsigned)uf2->left_out, (unsigned)uf2->blocks);
    }
    if (uf2->has_family && !family_of(uf2->family)) {
        image_note(image, "UF2 family 0x%08X is not known: it is not compared with the chip",
                   (unsigned)uf2->family);
    }
    image->uf2_family = uf2->has_family ? family_of(uf2->family) : NULL;
}

bool image_uf2_matches(const struct source *source)
{
    return source->size >= FLAGS_AT && word_at(source->bytes) == FIRST_MAGIC &&
           word_at(source->bytes + SECOND_MAGIC_AT) == SECOND_MAGIC;
}

int image_uf2_read(struct image *image, const struct source *source, struct problem *problem)
{
    struct uf2 uf2 = {.source = source, .blocks = (uint32_t)(source->size / BLOCK_BYTES)};
    int error = 0;

    image->format = IMAGE_UF2;
    if (source->size % BLOCK_BYTES) {
        return problem_set(problem, EXIT_USAGE, damaged,
                           "%s: UF2 file cut short in its block %u, at byte %zu", source->path,
                           (unsigned)uf2.blocks, source->size);
    }
    uf2.seen = calloc(uf2.blocks, 1);
    if (uf2.seen == NULL) {
        return problem_no_memory(problem, "%s", source->path);
    }
    for (uint32_t i = 0; i < uf2.blocks && error == 0; i++) {
        error = take_block(&uf2, image, i, problem);
    }
    free(uf2.seen);
    if (error == 0) {
        note(&uf2, image);
    }
    return error;
}
