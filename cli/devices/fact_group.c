// fact_group.c: a group is known when it has a source.
// SPDX-License-Identifier: MIT
#include "fact_group.h"

#include <string.h>

bool fact_group_known(const struct device *device, const char *group)
{
    for (const struct fact_source *source = device->sources; source->group != NULL; source++) {
        if (strcmp(source->group, group) == 0) {
            return true;
        }
    }
    return false;
}
