// store_path.c: sends each store through the MPU, the data cache and the write buffer of its RAM.
// SPDX-License-Identifier: MIT
#include "store_path.h"

#include "cortex.h"

static const struct ram *ram_of(const struct device *device, uint32_t start)
{
    for (const struct ram *ram = device->rams; ram->region.size; ram++) {
        if (ram->region.start == start) {
            return ram;
        }
    }
    return NULL;
}

bool store_path_open(struct store_path *stores, const struct memory *memory,
                     const struct device *device, bool cached)
{
    *stores = (struct store_path){0};
    for (size_t i = 0; i < memory->count; i++) {
        const struct memory_region *region = &memory->regions[i];
        const struct ram *ram =
            region->kind == MEMORY_RAM ? ram_of(device, region->region.start) : NULL;
        stores->buffers[i] = (struct write_buffer){.ram = region->bytes,
                                                   .ram_bytes = region->region.size,
                                                   .unit_bytes = ram ? ram->ecc_bytes : 0,
                                                   .loses_last = ram && ram->loses_last};
    }
    return !cached || data_cache_open(&stores->cache, memory);
}

void store_path_close(struct store_path *stores)
{
    data_cache_close(&stores->cache);
}

void store_path_reset(struct store_path *stores)
{
    for (size_t i = 0; i < MEMORY_REGIONS; i++) {
        write_buffer_lose(&stores->buffers[i]);
    }
    data_cache_reset(&stores->cache);
}

static struct write_buffer *buffer_at(struct cortex *core, uint32_t address, uint32_t *offset)
{
    for (size_t i = 0; i < core->memory->count; i++) {
        *offset = address - core->memory->regions[i].region.start;
        if (*offset < core->memory->regions[i].region.size) {
            return &core->store_path.buffers[i];
        }
    }
    return NULL;
}

static struct mpu_access access_of(struct cortex *core)
{
    uint32_t handler = cpu_get(core->cpu, CPU_IPSR);

    return (struct mpu_access){
        .privileged = handler || !(cpu_get(core->cpu, CPU_CONTROL) & 1u),
        .urgent = handler == EXCEPTION_NMI || handler == EXCEPTION_HARD_FAULT ||
                  cpu_get(core->cpu, CPU_FAULTMASK) & 1u,
    };
}

bool store_path_check(struct cortex *core, uint32_t address, unsigned size)
{
    struct store_path *stores = &core->store_path;
    struct write_buffer *buffer;
    uint32_t offset;

    if (core->mpu.control & MPU_CONTROL_ENABLE &&
        !mpu_allows_store(&core->mpu, address, size, access_of(core))) {
        return false;
    }
    if (stores->cache.on && mpu_is_write_back(&core->mpu, address) &&
        data_cache_store(&stores->cache, address, size)) {
        return true;
    }
    buffer = buffer_at(core, address, &offset);
    if (buffer && buffer->unit_bytes) {
        write_buffer_store(buffer, offset, size, core->instructions);
    }
    return true;
}

// A line that was written back is whole units: nothing of its RAM waits any more.
static void flush_written_back(struct store_path *stores)
{
    for (size_t i = 0; i < stores->cache.ram_count; i++) {
        struct cached_ram *ram = &stores->cache.rams[i];
        for (size_t j = 0; ram->written_back && j < MEMORY_REGIONS; j++) {
            if (stores->buffers[j].ram == ram->bytes) {
                write_buffer_flush(&stores->buffers[j]);
            }
        }
        ram->written_back = false;
    }
}

void store_path_maintain_cache(struct store_path *stores, uint32_t offset, uint32_t value)
{
    data_cache_maintain(&stores->cache, offset, value);
    flush_written_back(stores);
}

void store_path_switch_cache(struct store_path *stores, bool on)
{
    data_cache_switch(&stores->cache, on);
}

bool store_path_dma(struct cortex *core, uint32_t address, const uint8_t *bytes, unsigned size)
{
    uint8_t *ram = memory_ram_at(core->memory, address, size);
    struct write_buffer *buffer;
    uint32_t offset = 0;

    if (!ram) {
        return false;
    }
    buffer = buffer_at(core, address, &offset);
    if (buffer) {
        write_buffer_store(buffer, offset, size, UINT64_MAX);
    }
    for (unsigned i = 0; i < size; i++) {
        uint8_t *behind = data_cache_behind(&core->store_path.cache, address + i);
        *(behind ? behind : ram + i) = bytes[i];
    }
    return true;
}
