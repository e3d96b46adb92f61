// system_control_region.c: hands accesses to the system control space and the DWT to the core.
// SPDX-License-Identifier: MIT
#include "system_control_region.h"

#include "bus.h"
#include "dwt.h"
#include "exceptions.h"

#define SYSTEM_CONTROL_SPACE 0xE000E000u

enum { SYSTEM_CONTROL_SIZE = 0x1000 };

static uint32_t read(void *context, uint32_t offset)
{
    return exceptions_read(context, offset);
}

static void write(void *context, uint32_t offset, uint32_t value, uint32_t lanes)
{
    exceptions_write(context, offset, value, lanes);
}

static uint32_t read_dwt(void *context, uint32_t offset)
{
    return dwt_read(context, offset);
}

static void write_dwt(void *context, uint32_t offset, uint32_t value, uint32_t lanes)
{
    dwt_write(context, offset, value, lanes);
}

bool system_control_region_add(struct chip *chip)
{
    const struct bus_region dwt = {.start = DWT_START,
                                   .size = DWT_SIZE,
                                   .context = &chip->core,
                                   .read = read_dwt,
                                   .write = write_dwt};

    if (dwt_exists(&chip->core) && !bus_add(&chip->bus, &dwt)) {
        return false;
    }
    return bus_add(&chip->bus, &(struct bus_region){.start = SYSTEM_CONTROL_SPACE,
                                                    .size = SYSTEM_CONTROL_SIZE,
                                                    .context = &chip->core,
                                                    .read = read,
                                                    .write = write});
}
