// image_dfuse.c: reads DfuSe files (.dfu): targets of elements, each with its address.
// SPDX-License-Identifier: MIT
//
// ST UM0391, "DfuSe File Format Specification", Rev 1.
#include "image_bytes.h"
#include "image_reader.h"

#include <string.h>

enum { PREFIX_BYTES = 11, TARGET_BYTES = 274, ELEMENT_BYTES = 8, NAME_BYTES = 255 };
// Where a prefix has what.
enum { VERSION_AT = 5, SIZE_AT = 6, TARGETS_AT = 10 };
enum { SETTING_AT = 6, NAMED_AT = 7, NAME_AT = 11, TARGET_SIZE_AT = 266, ELEMENTS_AT = 270 };
enum { SHOWN_BYTES = 60 }; // of a name

const char dfu_damaged[] = "the file is damaged: build it again, or copy it again";

struct dfuse {
    const struct source *source;
    size_t position;
};

struct target {
    unsigned setting; // alternate setting of the USB device: which of its memories
    const uint8_t *name;
    int name_size;
    uint32_t size, elements;
};

static int cut_short(const struct dfuse *dfuse, struct problem *problem)
{
    return problem_set(problem, EXIT_USAGE, dfu_damaged, "%s: DfuSe cut short at byte %zu",
                       dfuse->source->path, dfuse->position);
}

static bool holds(const struct dfuse *dfuse, uint32_t size)
{
    return size <= dfuse->source->size - dfuse->position;
}

static int take_element(struct dfuse *dfuse, struct image *image, uint32_t *left, uint32_t *address,
                        struct problem *problem)
{
    if (*left < ELEMENT_BYTES || !holds(dfuse, ELEMENT_BYTES)) {
        return cut_short(dfuse, problem);
    }
    const uint8_t *at = dfuse->source->bytes + dfuse->position;
    uint32_t size = word_at(at + 4);
    *address = word_at(at);
    dfuse->position += ELEMENT_BYTES;
    *left -= ELEMENT_BYTES;
    if (size > *left || !holds(dfuse, size)) {
        return cut_short(dfuse, problem);
    }
    dfuse->position += size;
    *left -= size;
    return image_append(image, dfuse->source, *address, at + ELEMENT_BYTES, size, problem);
}

// The ROM's alternate setting 0 is the flash. What is for another memory is data too: its address
// tells whether the flash has it.
static void note_target(struct image *image, const struct target *target, uint32_t address)
{
    if (target->setting) {
        image_note(image, "target \"%.*s\" is for alternate setting %u: %u bytes, from 0x%08X on",
                   target->name_size, (const char *)target->name, target->setting,
                   (unsigned)(target->size - target->elements * ELEMENT_BYTES), (unsigned)address);
    }
}

static int take_target(struct dfuse *dfuse, struct image *image, struct problem *problem)
{
    if (!holds(dfuse, TARGET_BYTES)) {
        return cut_short(dfuse, problem);
    }
    const uint8_t *at = dfuse->source->bytes + dfuse->position;
    if (memcmp(at, "Target", SETTING_AT) != 0) {
        return problem_set(problem, EXIT_USAGE, dfu_damaged,
                           "%s: DfuSe without a target at byte %zu", dfuse->source->path,
                           dfuse->position);
    }
    struct target target = {.setting = at[SETTING_AT],
                            .name = at + NAME_AT,
                            .size = word_at(at + TARGET_SIZE_AT),
                            .elements = word_at(at + ELEMENTS_AT)};
    const uint8_t *end = memchr(target.name, '\0', SHOWN_BYTES);
    target.name_size = !word_at(at + NAMED_AT) ? 0 : end ? (int)(end - target.name) : SHOWN_BYTES;
    dfuse->position += TARGET_BYTES;
    uint32_t left = target.size, first = 0;
    for (uint32_t i = 0; i < target.elements; i++) {
        uint32_t address = 0;
        int error = take_element(dfuse, image, &left, &address, problem);
        if (error) {
            return error;
        }
        first = i == 0 ? address : first;
    }
    if (left) {
        return problem_set(problem, EXIT_USAGE, dfu_damaged,
                           "%s: DfuSe whose target has %u bytes more than its elements",
                           dfuse->source->path, (unsigned)left);
    }
    note_target(image, &target, first);
    return 0;
}

bool image_dfuse_matches(const struct source *source)
{
    return source->size >= VERSION_AT && memcmp(source->bytes, "DfuSe", VERSION_AT) == 0;
}

int image_dfuse_read(struct image *image, const struct source *source,
                     const struct dfu_suffix *suffix, struct problem *problem)
{
    struct dfuse dfuse = {.source = source, .position = PREFIX_BYTES};

    image->format = IMAGE_DFUSE;
    if (source->size < PREFIX_BYTES || suffix->length == 0) {
        return problem_set(problem, EXIT_USAGE, dfu_damaged,
                           "%s: DfuSe cut short: it does not end with a DFU suffix", source->path);
    }
    const uint8_t *prefix = source->bytes;
    if (prefix[VERSION_AT] != 1 || word_at(prefix + SIZE_AT) != source->size) {
        return problem_set(problem, EXIT_USAGE, dfu_damaged,
                           "%s: DfuSe of version %u with %u bytes, should be version 1 with %zu",
                           source->path, prefix[VERSION_AT], (unsigned)word_at(prefix + SIZE_AT),
                           source->size);
    }
    for (unsigned i = 0; i < prefix[TARGETS_AT]; i++) {
        int error = take_target(&dfuse, image, problem);
        if (error) {
            return error;
        }
    }
    if (dfuse.position != source->size) {
        return problem_set(problem, EXIT_USAGE, dfu_damaged,
                           "%s: DfuSe with %zu bytes behind its last target", source->path,
                           source->size - dfuse.position);
    }
    return 0;
}
