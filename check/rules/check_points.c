// check_points.c: makes one answer a point of the findings that are about it.
// SPDX-License-Identifier: MIT
#include "check_points.h"

#include <stdio.h>
#include <string.h>

// A point without a question is not asked on this chip: it holds.
static enum point_state state_of_point(const struct findings *findings, unsigned number)
{
    enum point_state state = POINT_HOLDS;
    char id[8];

    snprintf(id, sizeof id, "H%u", number);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (strcmp(finding->point, id) != 0) {
            continue;
        }
        if (finding->verdict == VERDICT_BROKEN) {
            return POINT_BREAKS;
        }
        if (finding->verdict != VERDICT_OK) {
            state = POINT_UNKNOWN;
        }
    }
    return state;
}

void check_points(const struct findings *findings, enum point_state points[CHECK_POINTS])
{
    for (unsigned i = 0; i < CHECK_POINTS; i++) {
        points[i] = state_of_point(findings, i + 1);
    }
}
