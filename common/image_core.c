// image_core.c: for which Arm architecture an ELF was built, and whether a core runs it.
// SPDX-License-Identifier: MIT
//
// Build attributes: "Addenda to, and Errata in, the ABI for the Arm Architecture" (ADDENDA32),
// section 3. Only the attributes of the whole file are looked at.
#include "image_reader.h"

#include <string.h>

enum {
    FORMAT = 'A',
    TAG_FILE = 1,
    TAG_CPU_RAW_NAME = 4,
    TAG_CPU_NAME = 5,
    TAG_CPU_ARCH = 6,
    TAG_CPU_ARCH_PROFILE = 7,
    TAG_COMPATIBILITY = 32,
    FIRST_REGULAR = 33, // from here on odd tags have strings
    HEAD_BYTES = 1 + 4 + sizeof "aeabi" + 1 + 4,
};

struct cursor {
    const uint8_t *at, *end;
};

static unsigned take_number(struct cursor *cursor)
{
    unsigned value = 0, shift = 0;

    while (cursor->at < cursor->end) {
        uint8_t byte = *cursor->at++;
        if (shift < 28) {
            value |= (byte & 0x7Fu) << shift;
        }
        shift += 7;
        if (byte < 0x80) {
            break;
        }
    }
    return value;
}

static void skip_text(struct cursor *cursor)
{
    while (cursor->at < cursor->end && *cursor->at++ != '\0') {
    }
}

// The number behind `wanted`, 0 if it is not there.
static unsigned find_number(const uint8_t *section, size_t size, unsigned wanted)
{
    struct cursor cursor = {section, section + size};

    if (size < HEAD_BYTES || section[0] != FORMAT ||
        memcmp(section + 5, "aeabi", sizeof "aeabi") != 0 || section[11] != TAG_FILE) {
        return 0;
    }
    cursor.at += HEAD_BYTES;
    while (cursor.at < cursor.end) {
        unsigned tag = take_number(&cursor);
        if (tag == wanted) {
            return take_number(&cursor);
        }
        if (tag == TAG_COMPATIBILITY) {
            take_number(&cursor);
        }
        if (tag == TAG_CPU_RAW_NAME || tag == TAG_CPU_NAME || tag == TAG_COMPATIBILITY ||
            (tag >= FIRST_REGULAR && tag % 2 == 1)) {
            skip_text(&cursor);
        } else {
            take_number(&cursor);
        }
    }
    return 0;
}

unsigned image_elf_architecture(const uint8_t *section, size_t size)
{
    return find_number(section, size, TAG_CPU_ARCH);
}

char image_elf_profile(const uint8_t *section, size_t size)
{
    return (char)find_number(section, size, TAG_CPU_ARCH_PROFILE);
}

// Values of Tag_CPU_arch, in the order in which each includes the ones before it.
static const struct {
    unsigned value;
    const char *name;
} architectures[] = {
    {11, "Armv6-M"},
    {12, "Armv6-M"},
    {10, "Armv7-M"},
    {13, "Armv7E-M"},
    {16, "Armv8-M baseline"},
    {17, "Armv8-M mainline"},
    {21, "Armv8.1-M mainline"},
};

enum { ARCHITECTURES = sizeof architectures / sizeof architectures[0] };

static unsigned rank_of(unsigned value)
{
    unsigned rank = 0;

    while (rank < ARCHITECTURES && architectures[rank].value != value) {
        rank++;
    }
    return rank;
}

static unsigned rank_of_core(enum core core)
{
    static const unsigned values[] = {
        [CORE_M0] = 12, [CORE_M0PLUS] = 12, [CORE_M3] = 10,  [CORE_M4] = 13,
        [CORE_M7] = 13, [CORE_M33] = 17,    [CORE_M55] = 21,
    };

    return rank_of(values[core]);
}

const char *image_names_extension(const struct image *image, const struct device *device)
{
    enum { ARMV7_M = 10, ARMV7E_M = 13 };
    unsigned own = rank_of_core(device->core);

    return image->architecture == ARMV7E_M && architectures[own].value == ARMV7_M
               ? architectures[rank_of(image->architecture)].name
               : NULL;
}

int image_check_core(const struct image *image, const struct device *device,
                     struct problem *problem)
{
    unsigned rank = rank_of(image->architecture);

    if (image->architecture == IMAGE_ANY_ARCHITECTURE || rank <= rank_of_core(device->core)) {
        return 0;
    }
    return problem_set(problem, EXIT_USAGE, "the build for this chip",
                       "the file is built for %s: the core of %s does not run that",
                       rank < ARCHITECTURES ? architectures[rank].name : "another architecture",
                       device->name);
}
