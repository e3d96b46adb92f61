// streams.c: makes up the bytes of sessions.
// SPDX-License-Identifier: MIT
#include "streams.h"

#include <string.h>

enum { BLOCK = 256 };

void bytes_add(struct bytes *bytes, unsigned byte)
{
    if (bytes->count < MOST_BYTES) {
        bytes->byte[bytes->count++] = (uint8_t)byte;
    }
}

static uint32_t random_below(struct streams *streams, uint32_t limit)
{
    streams->seed = streams->seed * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)(streams->seed >> 8) * limit >> 24);
}

static void add_command(struct bytes *stream, unsigned command)
{
    bytes_add(stream, command);
    bytes_add(stream, ~command & 0xFF);
}

static void add_address(struct bytes *stream, uint32_t address)
{
    unsigned checksum = 0;

    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes_add(stream, address >> shift & 0xFF);
        checksum ^= address >> shift & 0xFF;
    }
    bytes_add(stream, checksum);
}

static void add_checksum(struct bytes *stream, size_t from)
{
    unsigned checksum = 0;

    for (size_t i = from; i < stream->count; i++) {
        checksum ^= stream->byte[i];
    }
    bytes_add(stream, checksum);
}

// Flash near its start and its end, RAM that is free and that is not, and nowhere.
static uint32_t some_address(struct streams *streams, bool reads)
{
    const struct device *device = streams->device;
    uint32_t flash = device->flash.start, size = device->flash.size;
    uint32_t near = 4 * random_below(streams, 200);

    switch (random_below(streams, 8)) {
    case 0:
        return flash + size - 4 * (1 + random_below(streams, 80));
    case 1:
        return 0x60000000;
    case 2:
        return reads ? flash : device->system_memory[0].start + near;
    case 3:
        return device->rom_ram[0].size ? device->rom_ram[0].start : flash;
    case 4: {
        const struct ram *ram = device->rams;
        return ram->region.start + ram->region.size - 2048 + near;
    }
    default:
        return flash + near;
    }
}

static void add_read(struct streams *streams)
{
    add_command(&streams->stream, 0x11);
    add_address(&streams->stream, some_address(streams, true));
    add_command(&streams->stream, random_below(streams, BLOCK));
}

static void add_write(struct streams *streams)
{
    struct bytes *stream = &streams->stream;
    unsigned count = 4 * (1 + random_below(streams, random_below(streams, 4) ? 8 : 64));

    add_command(stream, 0x31);
    add_address(stream, some_address(streams, false));
    size_t from = stream->count;
    bytes_add(stream, count - 1);
    for (unsigned i = 0; i < count; i++) {
        bytes_add(stream, random_below(streams, 256));
    }
    add_checksum(stream, from);
}

static void add_erase(struct streams *streams)
{
    struct bytes *stream = &streams->stream;
    unsigned count = 1 + random_below(streams, 6);

    add_command(stream, 0x43);
    if (random_below(streams, 5) == 0) {
        add_command(stream, 0xFF);
        return;
    }
    size_t from = stream->count;
    bytes_add(stream, count - 1);
    for (unsigned i = 0; i < count; i++) {
        bytes_add(stream,
                  random_below(streams, 3) ? random_below(streams, 4) : random_below(streams, 256));
    }
    add_checksum(stream, from);
}

static void add_extended_erase(struct streams *streams)
{
    struct bytes *stream = &streams->stream;
    unsigned count = random_below(streams, 20) ? 1 + random_below(streams, 6) : 700;
    bool special = random_below(streams, 4) == 0;
    unsigned head = special ? 0xFFF0 + random_below(streams, 16) : count - 1;

    add_command(stream, 0x44);
    size_t from = stream->count;
    bytes_add(stream, head >> 8);
    bytes_add(stream, head & 0xFF);
    for (unsigned i = 0; !special && i < count; i++) {
        unsigned page =
            random_below(streams, 3) ? random_below(streams, 8) : random_below(streams, 600);
        bytes_add(stream, page >> 8);
        bytes_add(stream, page & 0xFF);
    }
    add_checksum(stream, from);
}

static void add_go(struct streams *streams)
{
    add_command(&streams->stream, 0x21);
    add_address(&streams->stream,
                random_below(streams, 3) ? 0x60000000 : some_address(streams, false));
}

// Write Protect with a wrong checksum only: the simulator does not model what it protects.
static void add_protection(struct streams *streams)
{
    static const uint8_t commands[] = {0x63, 0x73, 0x82, 0x92, 0x92};
    uint8_t command = commands[random_below(streams, sizeof commands)];

    add_command(&streams->stream, command);
    if (command == 0x63) {
        bytes_add(&streams->stream, 0);
        bytes_add(&streams->stream, 200);
        bytes_add(&streams->stream, 201);
    }
    bytes_add(&streams->stream, 0x7F);
}

static void add_some_command(struct streams *streams)
{
    static void (*const kinds[])(struct streams *) = {
        add_read,  add_read,           add_write,          add_write, add_write,
        add_erase, add_extended_erase, add_extended_erase, add_go,    add_protection,
    };
    unsigned kind = random_below(streams, 14);

    if (kind < sizeof kinds / sizeof *kinds) {
        kinds[kind](streams);
    } else if (kind < 12) {
        add_command(&streams->stream, random_below(streams, 4));
    } else {
        add_command(&streams->stream, random_below(streams, 256));
    }
}

// One of: nothing, a byte changed, left out, doubled, everything behind it left out.
static void disturb(struct streams *streams)
{
    struct bytes *stream = &streams->stream;
    size_t at = 1 + random_below(streams, (uint32_t)stream->count - 1);
    size_t behind = stream->count - at - 1;

    switch (random_below(streams, 6)) {
    case 0:
        stream->byte[at] ^= (uint8_t)(1u << random_below(streams, 8));
        break;
    case 1:
        memmove(stream->byte + at, stream->byte + at + 1, behind);
        stream->count--;
        break;
    case 2:
        memmove(stream->byte + at + 1, stream->byte + at, behind);
        break;
    case 3:
        stream->count = at;
        break;
    default:
        break;
    }
}

void streams_next(struct streams *streams)
{
    streams->stream.count = 0;
    bytes_add(&streams->stream, 0x7F);
    for (uint32_t count = 1 + random_below(streams, 8); count; count--) {
        add_some_command(streams);
    }
    disturb(streams);
}

void streams_short(struct streams *streams)
{
    struct bytes *stream = &streams->stream;
    const unsigned count = 8;

    stream->count = 0;
    bytes_add(stream, 0x7F);
    add_command(stream, 0x31);
    add_address(stream, streams->device->flash.start);
    size_t from = stream->count;
    bytes_add(stream, count - 1);
    for (unsigned i = 0; i < count; i++) {
        bytes_add(stream, i);
    }
    add_checksum(stream, from);
    add_erase(streams);
    add_extended_erase(streams);
    add_command(stream, 0x02);
}
