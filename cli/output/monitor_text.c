// monitor_text.c: prints frames in hexadecimal: no byte of a device gets to a terminal as it is.
// SPDX-License-Identifier: MIT
#include "monitor_text.h"

#include "plain_text.h"

#include <inttypes.h>
#include <stdio.h>

static const char *sign(enum monitor_kind kind)
{
    switch (kind) {
    case MONITOR_SENT:
        return "->";
    case MONITOR_RECEIVED:
        return "<-";
    default:
        return "--";
    }
}

void monitor_text_print(void *context, const struct monitor_frame *frame)
{
    (void)context;
    fprintf(stderr, "%6" PRIu64 " ms ", frame->ms);
    plain_text_print(stderr, frame->port);
    fprintf(stderr, " %s ", sign(frame->kind));
    plain_text_print(stderr, frame->note);
    if (frame->kind != MONITOR_NOTE) {
        fprintf(stderr, "%s%zu:", frame->note[0] ? ", " : "", frame->size);
        for (size_t i = 0; i < frame->size && i < MONITOR_BYTES; i++) {
            fprintf(stderr, " %02X", frame->bytes[i]);
        }
        fputs(frame->size > MONITOR_BYTES ? " ..." : "", stderr);
    }
    fputc('\n', stderr);
}
