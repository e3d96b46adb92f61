// memory.c: allocates, fills and maps the chip's memories.
// SPDX-License-Identifier: MIT
#include "memory.h"

#include "virtual_chip.h"

#include <stdlib.h>
#include <string.h>

enum {
    ALIGNMENT = 0x1000,
    ROM_CORE_VECTORS = 16,
    ROM_VECTORS = 256,
    ROM_ENTRY = 4 * ROM_VECTORS,
    NOISE_LANES = 8,
};

// Room for a region, which is that of another memory where there is one.
static uint8_t *take_room(struct memory *room, size_t number, size_t size)
{
    uint8_t *taken;

    if (!room || number >= room->count) {
        return aligned_alloc(ALIGNMENT, size);
    }
    taken = room->regions[number].mapped;
    room->regions[number].mapped = NULL;
    return taken;
}

static int add_region(struct memory *memory, struct memory *room, const struct region *region,
                      enum memory_kind kind, int fill, struct problem *problem)
{
    struct memory_region *added = &memory->regions[memory->count];
    size_t lead = region->start % MEMORY_UNIT;
    size_t size = (lead + region->size + ALIGNMENT - 1u) / ALIGNMENT * ALIGNMENT;

    if (memory->count == MEMORY_REGIONS ||
        !(added->mapped = take_room(room, memory->count, size))) {
        return problem_set(problem, EXIT_FAILED, NULL, "no room for %s of %u bytes", region->name,
                           (unsigned)region->size);
    }
    added->region = *region;
    added->kind = kind;
    added->bytes = added->mapped + lead;
    memset(added->mapped, fill, size);
    memory->count++;
    return 0;
}

// The region that was added last is seen at another address too.
static int add_again(struct memory *memory, uint32_t address, struct problem *problem)
{
    struct memory_region *added = &memory->regions[memory->count];

    if (memory->count == MEMORY_REGIONS) {
        return problem_set(problem, EXIT_FAILED, NULL, "no room for RAM at 0x%08X",
                           (unsigned)address);
    }
    *added = added[-1];
    added->region.start = address;
    added->again = true;
    memory->count++;
    return 0;
}

static int add_rams(struct memory *memory, struct memory *room, const struct device *device,
                    struct problem *problem)
{
    int error = 0;

    for (const struct ram *ram = device->rams; !error && ram->region.size; ram++) {
        error = add_region(memory, room, &ram->region, MEMORY_RAM, 0, problem);
        if (!error && ram->also_at) {
            error = add_again(memory, ram->also_at, problem);
        }
    }
    return error;
}

static void put_word(struct memory *memory, uint32_t address, uint32_t value)
{
    uint8_t *bytes = memory_at(memory, address, 4);

    if (bytes) {
        for (int i = 0; i < 4; i++) {
            bytes[i] = (uint8_t)(value >> (8 * i));
        }
    }
}

// The real words 0 and 1 are not published; these have the right shape: a stack pointer at
// the end of the RAM that the ROM uses, and an entry inside system memory.
static void write_rom_table(struct memory *memory, const struct device *device)
{
    const struct region *ram = &device->rom_ram[0];
    uint8_t *id = memory_at(memory, device->rom_id_address, 1);
    size_t newest = 0;

    put_word(memory, device->rom_vector, ram->start + ram->size);
    for (uint32_t i = 1; i < ROM_VECTORS; i++) { // all interrupts have one handler
        uint32_t handler = i < ROM_CORE_VECTORS ? i : ROM_CORE_VECTORS;
        put_word(memory, device->rom_vector + 4 * i,
                 (device->rom_vector + ROM_ENTRY + 16 * (handler - 1)) | 1u);
    }
    if (device->rom_other_vector) {
        put_word(memory, device->rom_other_vector, ram->start + ram->size);
        put_word(memory, device->rom_other_vector + 4, (device->rom_vector + ROM_ENTRY) | 1u);
    }
    while (device->rom_ids[newest] && device->rom_ids[newest + 1]) {
        newest++;
    }
    if (id) {
        *id = (uint8_t)device->rom_ids[newest];
    }
}

// Bytes that each part has from its maker, with the KB around them.
static int add_constant(struct memory *memory, struct memory *room, const char *name,
                        uint32_t address, const uint8_t *bytes, uint32_t size,
                        struct problem *problem)
{
    struct region region = {name, address / MEMORY_UNIT * MEMORY_UNIT, MEMORY_UNIT};
    uint8_t *place = memory_at(memory, address, size);
    int error = place ? 0 : add_region(memory, room, &region, MEMORY_SYSTEM, 0xFF, problem);

    place = error ? NULL : memory_at(memory, address, size);
    if (place) {
        memcpy(place, bytes, size);
    }
    return error;
}

// The size of the flash in KB, and the unique id: place on the wafer, its number, the lot's name.
static int add_constants(struct memory *memory, struct memory *room, const struct device *device,
                         struct problem *problem)
{
    const uint8_t size[] = {(uint8_t)(device->flash.size >> 10),
                            (uint8_t)(device->flash.size >> 18)};
    int error = 0;

    if (device->flash_size_register) {
        error = add_constant(memory, room, "flash size", device->flash_size_register, size,
                             sizeof size, problem);
    }
    if (!error && device->uid) {
        error = add_constant(memory, room, "unique id", device->uid, virtual_chip_id, 8, problem);
    }
    if (!error && device->uid) {
        error = add_constant(memory, room, "unique id", device->uid_last, virtual_chip_id + 8, 4,
                             problem);
    }
    return error;
}

static int add_blank(struct memory *memory, struct memory *room, struct problem *problem)
{
    memory->blank = room ? room->blank : aligned_alloc(ALIGNMENT, ALIGNMENT);
    if (room) {
        room->blank = NULL;
    }
    if (!memory->blank) {
        return problem_set(problem, EXIT_FAILED, NULL, "no room for blank memory");
    }
    memset(memory->blank, 0xFF, ALIGNMENT);
    return 0;
}

int memory_open_in(struct memory *memory, struct memory *room, const struct device *device,
                   uint32_t seed, struct problem *problem)
{
    int error = 0;

    *memory = (struct memory){
        .noise = (seed ? seed : 1) * 0x9E3779B97F4A7C15u, // far apart for near seeds
    };
    error = add_region(memory, room, &device->flash, MEMORY_FLASH, device->erased, problem);
    if (!error) {
        error = add_rams(memory, room, device, problem);
    }
    for (const struct region *rom = device->system_memory; !error && rom->size; rom++) {
        error = add_region(memory, room, rom, MEMORY_SYSTEM, 0xDE, problem); // UDF instructions
    }
    if (!error) {
        error = add_constants(memory, room, device, problem);
    }
    if (!error) {
        error = add_blank(memory, room, problem);
    }
    if (error) {
        memory_close(memory);
        return error;
    }
    write_rom_table(memory, device);
    if (room) {
        memory_close(room); // what was not taken
    }
    return 0;
}

int memory_open(struct memory *memory, const struct device *device, uint32_t seed,
                struct problem *problem)
{
    return memory_open_in(memory, NULL, device, seed, problem);
}

void memory_close(struct memory *memory)
{
    for (size_t i = 0; i < memory->count; i++) {
        if (!memory->regions[i].again) {
            free(memory->regions[i].mapped);
        }
    }
    free(memory->blank);
    memory->blank = NULL;
    memory->count = 0;
}

static uint64_t next_noise(uint64_t noise)
{
    noise ^= noise << 13; // xorshift
    noise ^= noise >> 7;
    return noise ^ noise << 17;
}

uint64_t memory_noise(struct memory *memory)
{
    return memory->noise = next_noise(memory->noise);
}

// Two noises, of which the host computes both at once.
typedef uint64_t noise_pair __attribute__((vector_size(2 * sizeof(uint64_t))));

static noise_pair next_pair(noise_pair noise)
{
    noise ^= noise << 13;
    noise ^= noise >> 7;
    return noise ^ noise << 17;
}

// Several noises side by side: each waits for itself only. In variables of their own they stay in
// the host's registers.
static void fill_with_noise(struct memory *memory, uint8_t *bytes, uint32_t size)
{
    uint64_t lanes[NOISE_LANES];
    noise_pair a, b, c, d;
    uint32_t at = 0;

    for (int i = 0; i < NOISE_LANES; i++) {
        lanes[i] = memory_noise(memory);
    }
    memcpy(&a, lanes, sizeof a);
    memcpy(&b, lanes + 2, sizeof b);
    memcpy(&c, lanes + 4, sizeof c);
    memcpy(&d, lanes + 6, sizeof d);
    for (; size - at >= sizeof lanes; at += sizeof lanes) {
        const noise_pair next[] = {a = next_pair(a), b = next_pair(b), c = next_pair(c),
                                   d = next_pair(d)};
        memcpy(bytes + at, next, sizeof next);
    }
    const noise_pair last[] = {a, b, c, d};
    memcpy(bytes + at, last, size - at);
}

void memory_use_by_rom(struct memory *memory, const struct device *device)
{
    for (const struct region *ram = device->rom_ram; ram->size; ram++) {
        uint8_t *bytes = memory_ram_at(memory, ram->start, ram->size);
        if (bytes) {
            memset(bytes, MEMORY_OF_ROM, ram->size);
        }
    }
}

void memory_lose_ram(struct memory *memory)
{
    for (size_t i = 0; i < memory->count; i++) {
        if (memory->regions[i].kind == MEMORY_RAM && !memory->regions[i].again) {
            fill_with_noise(memory, memory->regions[i].bytes, memory->regions[i].region.size);
        }
    }
}

// The engine maps whole KB; what is behind the end of a region is then seen, not refused.
static uint32_t mapped_size(const struct memory_region *region)
{
    uint32_t lead = region->region.start % MEMORY_UNIT;

    return (lead + region->region.size + MEMORY_UNIT - 1) / MEMORY_UNIT * MEMORY_UNIT;
}

// What is in system memory is not known to the last byte: each load from it asks.
static int map_region(const struct memory_region *region, struct cpu *cpu, uint32_t address,
                      struct problem *problem)
{
    uint32_t size = mapped_size(region);

    return region->kind == MEMORY_SYSTEM
               ? cpu_map_asking(cpu, address, size, region->mapped, problem)
               : cpu_map(cpu, address, size, region->mapped, region->kind == MEMORY_RAM, problem);
}

static const struct memory_region *alias_of(const struct memory *memory,
                                            const struct device *device, bool alias_is_rom)
{
    uint32_t wanted = alias_is_rom ? device->rom_vector : device->flash.start;

    for (size_t i = 0; i < memory->count; i++) {
        const struct region *region = &memory->regions[i].region;
        if (wanted - region->start < region->size) {
            return &memory->regions[i];
        }
    }
    return &memory->regions[0];
}

int memory_map(const struct memory *memory, const struct device *device, struct cpu *cpu,
               bool alias_is_rom, struct problem *problem)
{
    int error = 0;

    for (size_t i = 0; !error && i < memory->count; i++) {
        const struct memory_region *region = &memory->regions[i];
        error = map_region(region, cpu, region->region.start / MEMORY_UNIT * MEMORY_UNIT, problem);
    }
    if (!error && device->flash_also_at) {
        error = map_region(&memory->regions[0], cpu, device->flash_also_at, problem);
    }
    if (!error && device->rom_also_at) {
        error = map_region(alias_of(memory, device, true), cpu, device->rom_also_at, problem);
    }
    return error || !device->alias
               ? error
               : map_region(alias_of(memory, device, alias_is_rom), cpu, 0, problem);
}

int memory_realias(const struct memory *memory, const struct device *device, struct cpu *cpu,
                   bool alias_is_rom, struct problem *problem)
{
    cpu_unmap(cpu, 0, mapped_size(alias_of(memory, device, !alias_is_rom)));
    return map_region(alias_of(memory, device, alias_is_rom), cpu, 0, problem);
}

int memory_map_blank(const struct memory *memory, struct cpu *cpu, uint32_t address,
                     struct problem *problem)
{
    return cpu_map_asking(cpu, address / MEMORY_UNIT * MEMORY_UNIT, MEMORY_UNIT, memory->blank,
                          problem);
}

static uint8_t *find(const struct memory *memory, uint32_t address, uint32_t size, bool ram_only)
{
    for (size_t i = 0; i < memory->count; i++) {
        const struct memory_region *region = &memory->regions[i];
        uint32_t offset = address - region->region.start;

        if (offset < region->region.size && size <= region->region.size - offset &&
            (!ram_only || region->kind == MEMORY_RAM)) {
            return region->bytes + offset;
        }
    }
    return NULL;
}

uint8_t *memory_at(const struct memory *memory, uint32_t address, uint32_t size)
{
    return find(memory, address, size, false);
}

void memory_swap(struct memory *memory, const struct device *device, uint32_t bank)
{
    uint32_t size = bank - device->flash.start;
    uint8_t *first = memory_at(memory, device->flash.start, size);
    uint8_t *second = memory_at(memory, bank, size);

    for (uint32_t i = 0; first && second && i < size; i++) {
        uint8_t byte = first[i];
        first[i] = second[i];
        second[i] = byte;
    }
}

uint8_t *memory_ram_at(const struct memory *memory, uint32_t address, uint32_t size)
{
    return find(memory, address, size, true);
}

uint32_t memory_word(const struct memory *memory, uint32_t address)
{
    const uint8_t *bytes = memory_at(memory, address, 4);

    return bytes ? bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
                       (uint32_t)bytes[3] << 24
                 : 0;
}
