// option_bytes.c: reads areas of option bytes, and finds fields in them.
// SPDX-License-Identifier: MIT
#include "option_bytes.h"

#include "sure_read.h"

#include <string.h>
#include <strings.h>

int option_bytes_require_layout(const struct target *target, struct problem *problem)
{
    const struct device *device = target->device;

    if (device->option_layout) {
        return 0;
    }
    return problem_set(problem, EXIT_REFUSED, "a debug probe",
                       "chip at %s: nobody has published where the ROM of %s lets option bytes be "
                       "read and written",
                       target->bootloader->port, device->name);
}

static int read_area(struct option_bytes *option, struct bootloader *bootloader,
                     const struct option_area *area, struct problem *problem)
{
    struct flash_state_area *place = &option->state.areas[option->state.count];

    for (uint32_t done = 0; done < area->size;) {
        uint32_t left = area->size - done;
        uint32_t size = left < bootloader->block_bytes ? left : bootloader->block_bytes;
        int error = sure_read(bootloader, area->start + done, size, place->bytes + done, problem);
        if (error) {
            option->refused |= error == EXIT_REFUSED;
            return error == EXIT_REFUSED ? 0 : error;
        }
        done += size;
    }
    place->start = area->start;
    place->size = area->size;
    option->state.count++;
    return 0;
}

int option_bytes_read(struct option_bytes *option, const struct target *target,
                      struct problem *problem)
{
    int error = option_bytes_require_layout(target, problem);

    *option = (struct option_bytes){.layout = error ? NULL : target->device->option_layout};
    for (const struct option_area *area = error ? NULL : option->layout->areas;
         error == 0 && area->size; area++) {
        error = read_area(option, target->bootloader, area, problem);
    }
    return error;
}

// That of readout protection.
static bool tells_level(const struct device *device, const struct option_field *field)
{
    return field->address == device->readout_protection.address &&
           field->mask == device->readout_protection.mask;
}

const struct option_field *option_bytes_find(const struct device *device, const char *name)
{
    const struct option_field *field = device->option_layout->fields;

    while (field->name && strcasecmp(field->name, name) != 0 &&
           !(strcasecmp(name, "RDP") == 0 && tells_level(device, field))) {
        field++;
    }
    return field->name ? field : NULL;
}

static bool contains(const char *name, const char *part)
{
    size_t size = strlen(part);

    while (*name && strncasecmp(name, part, size) != 0) {
        name++;
    }
    return *name && size;
}

const struct option_field *option_bytes_nearest(const struct option_layout *layout,
                                                const char *name)
{
    for (const struct option_field *field = layout->fields; field->name; field++) {
        if (contains(field->name, name) || contains(name, field->name)) {
            return field;
        }
    }
    return NULL;
}

int option_bytes_require(const struct device *device, const char *name,
                         const struct option_field **field, struct problem *problem)
{
    *field = option_bytes_find(device, name);
    if (*field) {
        return 0;
    }
    const struct option_field *near = option_bytes_nearest(device->option_layout, name);
    return problem_set(problem, EXIT_USAGE,
                       near ? near->name : "bootleap option list, for the names of this chip",
                       "\"%s\": %s has no option bits of this name", name, device->name);
}

bool option_bytes_value(const struct option_bytes *option, const struct option_field *field,
                        uint32_t *value)
{
    return flash_state_field(&option->state, field->address, field->mask, value);
}

const struct option_area *option_bytes_area(const struct option_layout *layout,
                                            const struct option_field *field)
{
    const struct option_area *area = layout->areas;

    while (area->size && field->address - area->start >= area->size) {
        area++;
    }
    return area;
}

uint32_t option_bytes_most(const struct option_field *field)
{
    return field->mask / (field->mask & (~field->mask + 1));
}
