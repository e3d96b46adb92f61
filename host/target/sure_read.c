// sure_read.c: compares each read with the one before.
// SPDX-License-Identifier: MIT
#include "sure_read.h"

#include <stdlib.h>
#include <string.h>

enum { TRIES = 4 };

int sure_read(struct bootloader *bootloader, uint32_t address, uint32_t size, uint8_t *bytes,
              struct problem *problem)
{
    if (bootloader->reads_are_checked) {
        return bootloader->ops->read(bootloader, address, size, bytes, problem);
    }
    uint8_t *again = malloc(size);
    if (again == NULL) {
        return problem_no_memory(problem, "read at 0x%08X", address);
    }
    int error = bootloader->ops->read(bootloader, address, size, bytes, problem);
    for (unsigned tries = 0; error == 0; tries++) {
        error = bootloader->ops->read(bootloader, address, size, again, problem);
        if (error || memcmp(bytes, again, size) == 0) {
            break;
        }
        memcpy(bytes, again, size);
        if (tries == TRIES) {
            error = problem_set(problem, EXIT_FAILED, "a slower --baud and a shorter cable",
                                "read at 0x%08X: no two reads are the same", address);
        }
    }
    free(again);
    return error;
}
