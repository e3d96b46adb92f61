// monitor.c: gathers what goes over a line into frames.
// SPDX-License-Identifier: MIT
#include "monitor.h"

#include "monotonic.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

enum { FROM_DEVICE = 0x80 }; // of bmRequestType

static struct monitor_frame frame_now(const struct monitor_line *line, enum monitor_kind kind)
{
    return (struct monitor_frame){
        .port = line->received.port, .kind = kind, .ms = monotonic_ms() - line->monitor->start_ms};
}

static void add(struct monitor_frame *frame, const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size && frame->size + i < MONITOR_BYTES; i++) {
        frame->bytes[frame->size + i] = bytes[i];
    }
    frame->size += size;
}

void monitor_begin(struct monitor_line *line, const struct monitor *monitor, const char *port)
{
    *line = (struct monitor_line){.monitor = monitor, .received = {.port = port}};
}

void monitor_pause(struct monitor_line *line)
{
    if (line->monitor && line->received.size) {
        line->monitor->tell(line->monitor->context, &line->received);
        line->received.size = 0;
    }
}

void monitor_received(struct monitor_line *line, const uint8_t *bytes, size_t size)
{
    if (line->monitor == NULL || size == 0) {
        return;
    }
    if (line->received.size == 0) {
        line->received = frame_now(line, MONITOR_RECEIVED);
    }
    add(&line->received, bytes, size);
}

void monitor_sent(struct monitor_line *line, const uint8_t *bytes, size_t size)
{
    if (line->monitor == NULL) {
        return;
    }
    monitor_pause(line);
    struct monitor_frame frame = frame_now(line, MONITOR_SENT);
    add(&frame, bytes, size);
    line->monitor->tell(line->monitor->context, &frame);
}

static void tell_note(struct monitor_line *line, const char *format, va_list arguments)
{
    monitor_pause(line);
    struct monitor_frame frame = frame_now(line, MONITOR_NOTE);
    vsnprintf(frame.note, sizeof frame.note, format, arguments);
    line->monitor->tell(line->monitor->context, &frame);
}

void monitor_note(struct monitor_line *line, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    if (line->monitor) {
        tell_note(line, format, arguments);
    }
    va_end(arguments);
}

void monitor_control(struct monitor_line *line, const struct monitor_control *control)
{
    bool comes = control->type & FROM_DEVICE;
    size_t size = comes ? control->result > 0 ? (size_t)control->result : 0 : control->length;

    if (line->monitor == NULL) {
        return;
    }
    struct monitor_frame frame = frame_now(line, comes ? MONITOR_RECEIVED : MONITOR_SENT);
    add(&frame, control->bytes, size);
    snprintf(frame.note, sizeof frame.note, "request %02X.%02X value %04X length %u result %d",
             control->type, control->request, control->value, control->length, control->result);
    line->monitor->tell(line->monitor->context, &frame);
}
