// write_buffer.c: holds incomplete units back and loses them at a reset.
// SPDX-License-Identifier: MIT
#include "write_buffer.h"

#include <string.h>

void write_buffer_flush(struct write_buffer *buffer)
{
    buffer->waiting = false;
}

void write_buffer_lose(struct write_buffer *buffer)
{
    if (buffer->waiting) {
        memcpy(buffer->ram + buffer->unit, buffer->before, buffer->unit_bytes);
    }
    buffer->waiting = false;
}

// What one instruction has written of a unit so far.
static uint32_t at_once(struct write_buffer *buffer, uint32_t unit, uint32_t bytes,
                        uint64_t instruction)
{
    if (buffer->instruction != instruction || buffer->at_once_unit != unit) {
        buffer->instruction = instruction;
        buffer->at_once_unit = unit;
        buffer->at_once = 0;
    }
    return buffer->at_once |= bytes;
}

// The part of a store that is in one unit.
static void store_in_unit(struct write_buffer *buffer, uint32_t offset, unsigned size,
                          uint64_t instruction)
{
    uint32_t whole = (1u << buffer->unit_bytes) - 1;
    uint32_t unit = offset - offset % buffer->unit_bytes;
    uint32_t bytes = ((1u << size) - 1) << (offset - unit);

    if (!buffer->waiting || buffer->unit != unit || buffer->written == whole) {
        buffer->waiting = true;
        buffer->unit = unit;
        buffer->written = 0;
        memcpy(buffer->before, buffer->ram + unit, buffer->unit_bytes);
    }
    buffer->written |= bytes;
    if (at_once(buffer, unit, bytes, instruction) == whole) {
        buffer->written = whole;
    }
    if (buffer->written == whole && !buffer->loses_last) {
        write_buffer_flush(buffer);
    }
}

void write_buffer_store(struct write_buffer *buffer, uint32_t offset, unsigned size,
                        uint64_t instruction)
{
    if (!buffer->unit_bytes || buffer->unit_bytes > WRITE_BUFFER_LARGEST) {
        return;
    }
    while (size && offset < buffer->ram_bytes) {
        unsigned room = buffer->unit_bytes - offset % buffer->unit_bytes;
        unsigned now = size < room ? size : room;
        store_in_unit(buffer, offset, now, instruction);
        offset += now;
        size -= now;
    }
}
