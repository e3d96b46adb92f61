// target.c: from product id and version byte to a device of the table.
// SPDX-License-Identifier: MIT
#include "target.h"

#include "rom_quirks.h"
#include "sure_read.h"
#include "target_map.h"
#include "target_quirks.h"

static void take_device(struct target *target, const struct device *device)
{
    target->device = device;
    flash_layout_of_row(&target->layout, device);
}

// Product ids are shared by lines whose ROMs differ, so the version byte decides between them.
// A ROM under readout protection refuses to be read: then it is the first line with that id.
static int identify_product(struct target *target, struct problem *problem)
{
    struct bootloader *bootloader = target->bootloader;
    const struct device *device = NULL;
    uint32_t read_at = 0; // where `id` comes from: most lines with one product id share it
    uint8_t id = 0;

    const struct device *first = device_by_product(bootloader->product, NULL);
    if (first) {
        take_device(target, first);
    }
    while ((device = device_by_product(bootloader->product, device)) != NULL) {
        if (device->rom_id_address == 0) {
            continue;
        }
        if (device->rom_id_address != read_at) {
            id = 0;
            read_at = device->rom_id_address;
            int error = sure_read(bootloader, read_at, 1, &id, problem);
            if (error && error != EXIT_REFUSED) {
                return error;
            }
        }
        if (target->rom_id == 0) {
            target->rom_id = id;
        }
        if (rom_versions_have(device->rom_ids, id)) {
            take_device(target, device);
            target->rom_id = id;
            break;
        }
    }
    return 0;
}

int target_identify(struct target *target, struct bootloader *bootloader, struct problem *problem)
{
    return target_identify_as(target, bootloader, NULL, problem);
}

int target_identify_as(struct target *target, struct bootloader *bootloader,
                       const struct device *wanted, struct problem *problem)
{
    *target = (struct target){.bootloader = bootloader};
    int error = bootloader->ops->memory ? target_map_identify(target, wanted, problem)
                                        : identify_product(target, problem);
    if (error == 0) {
        target_apply_quirks(target);
    }
    return error;
}

uint16_t target_product(const struct target *target)
{
    uint16_t product = target->bootloader->product;

    return product || !target->device ? product : target->device->product;
}

// A bootloader without product id.
static int require_row(struct target *target, const struct device *wanted, struct problem *problem)
{
    int error = 0;

    if (wanted && wanted != target->device) {
        error = target_map_take(target, wanted, problem);
    } else if (target->device == NULL) {
        error = target_map_unknown(target, problem);
    }
    if (error == 0) {
        target_apply_quirks(target);
    }
    return error;
}

int target_require_device(struct target *target, const struct device *wanted,
                          struct problem *problem)
{
    const struct bootloader *bootloader = target->bootloader;

    if (bootloader->ops->memory) {
        return require_row(target, wanted, problem);
    }
    if (target->device == NULL) {
        return problem_set(problem, EXIT_USAGE, "a newer bootleap, or add the device to the table",
                           "chip at %s: product id 0x%03X is not in the device table",
                           bootloader->port, bootloader->product);
    }
    if (wanted && wanted->product != bootloader->product) {
        return problem_set(problem, EXIT_USAGE, "another port, or another --device",
                           "chip at %s: it is %s (product id 0x%03X), not %s (0x%03X)",
                           bootloader->port, target->device->name, bootloader->product,
                           wanted->name, wanted->product);
    }
    if (wanted) {
        take_device(target, wanted);
        target_apply_quirks(target);
    }
    return 0;
}

bool target_shows_something(const struct target *target)
{
    return target->rom_id || target->state.count;
}

int target_require_operations(const struct target *target, unsigned operations,
                              struct problem *problem)
{
    static const struct {
        enum bootloader_operation bit;
        const char *name;
    } names[] = {
        {BOOTLOADER_READ, "read"},
        {BOOTLOADER_WRITE, "write"},
        {BOOTLOADER_ERASE, "erase"},
        {BOOTLOADER_GO, "go"},
    };
    const struct bootloader *bootloader = target->bootloader;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (operations & names[i].bit & ~bootloader->operations) {
            return problem_set(problem, EXIT_REFUSED, "bootleap info, for the commands it has",
                               "ROM at %s: it has no %s command", bootloader->port, names[i].name);
        }
    }
    return 0;
}
