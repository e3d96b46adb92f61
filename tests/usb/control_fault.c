// control_fault.c: what goes wrong with a control transfer, and how many of each kind there were.
// SPDX-License-Identifier: MIT
#include "control_fault.h"

#include <string.h>

enum {
    TO_HOST = 0x80,
    CLASS = 0x20, // of the request type: DFU's own requests
    TYPE = 0x60,
    GET_DESCRIPTOR = 6,
    SET_INTERFACE = 11,
};

static const char *const fault_names[] = {
    [FAULT_GONE] = "gone",   [FAULT_REPLUG] = "replug", [FAULT_STALL] = "stall",
    [FAULT_ERROR] = "error", [FAULT_LATE] = "late",     [FAULT_SHORT] = "short",
    [FAULT_WRONG] = "wrong",
};

static const char *const control_names[CONTROL_KINDS] = {
    [CONTROL_BLOCK] = "block",         [CONTROL_ADDRESS] = "address",
    [CONTROL_ERASE] = "erase",         [CONTROL_MASS_ERASE] = "mass_erase",
    [CONTROL_UNPROTECT] = "unprotect", [CONTROL_LEAVE] = "leave",
    [CONTROL_UPLOAD] = "upload",       [CONTROL_COMMANDS] = "commands",
    [CONTROL_STATUS] = "status",       [CONTROL_STATE] = "state",
    [CONTROL_CLEAR] = "clear",         [CONTROL_ABORT] = "abort",
    [CONTROL_DETACH] = "detach",       [CONTROL_DESCRIPTOR] = "descriptor",
    [CONTROL_INTERFACE] = "interface", [CONTROL_OTHER] = "other",
};

bool fault_parse(const char *text, struct fault *fault)
{
    char kind[16], end;
    int fields = sscanf(text, "%u:%15[a-z]=%u%c", &fault->at, kind, &fault->amount, &end);

    if (fields != 2 && fields != 3) {
        return false;
    }
    for (unsigned i = FAULT_GONE; i <= FAULT_WRONG; i++) {
        if (strcmp(kind, fault_names[i]) == 0) {
            fault->kind = (enum fault_kind)i;
            return fault->at != 0;
        }
    }
    return false;
}

// Block 0 of DNLOAD has a command in its first byte (AN3156, section 5).
static enum control_kind download_kind(unsigned block, unsigned length, const uint8_t *data)
{
    if (length == 0) {
        return CONTROL_LEAVE;
    }
    if (block != 0) {
        return CONTROL_BLOCK;
    }
    switch (data[0]) {
    case 0x21:
        return CONTROL_ADDRESS;
    case 0x41:
        return length == 1 ? CONTROL_MASS_ERASE : CONTROL_ERASE;
    case 0x92:
        return CONTROL_UNPROTECT;
    default:
        return CONTROL_OTHER;
    }
}

enum control_kind control_kind(const uint8_t *setup, const uint8_t *data)
{
    static const enum control_kind dfu[] = {CONTROL_DETACH, CONTROL_BLOCK, CONTROL_UPLOAD,
                                            CONTROL_STATUS, CONTROL_CLEAR, CONTROL_STATE,
                                            CONTROL_ABORT};
    const unsigned request = setup[1];
    const unsigned value = setup[2] | (unsigned)setup[3] << 8;
    const unsigned length = setup[6] | (unsigned)setup[7] << 8;

    if ((setup[0] & TYPE) == CLASS && request < sizeof dfu / sizeof dfu[0]) {
        if (dfu[request] == CONTROL_BLOCK) {
            return download_kind(value, length, data);
        }
        return dfu[request] == CONTROL_UPLOAD && value == 0 ? CONTROL_COMMANDS : dfu[request];
    }
    if ((setup[0] & TYPE) == 0 && setup[0] & TO_HOST && request == GET_DESCRIPTOR) {
        return CONTROL_DESCRIPTOR;
    }
    return (setup[0] & TYPE) == 0 && request == SET_INTERFACE ? CONTROL_INTERFACE : CONTROL_OTHER;
}

const char *control_name(enum control_kind kind)
{
    return control_names[kind];
}

void control_print(FILE *file, const unsigned counts[CONTROL_KINDS])
{
    unsigned total = 0;

    fputc('{', file);
    for (unsigned i = 0; i < CONTROL_KINDS; i++) {
        fprintf(file, "\"%s\": %u, ", control_names[i], counts[i]);
        total += counts[i];
    }
    fprintf(file, "\"total\": %u}", total);
}
