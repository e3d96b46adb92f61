// sector.c: one sector from erased to verified, whatever a line loses on the way.
// SPDX-License-Identifier: MIT
#include "sector.h"

#include <string.h>

enum { TRIES = 4 }; // of a write, and of a sector

// What an unsure write has left.
enum left { LEFT_WANTED, LEFT_ERASED, LEFT_OTHER };

static int erase_pages(struct flasher *flasher, const struct plan_sector *sector,
                       struct problem *problem)
{
    size_t done = 0;
    size_t now;

    while (done < sector->page_count) {
        int error = sector_erase(flasher, sector->first_page + done, sector->page_count - done,
                                 &now, problem);
        if (error) {
            return error;
        }
        done += now;
    }
    return 0;
}

static int erase_again(struct flasher *flasher, const struct plan_sector *sector,
                       struct problem *problem)
{
    flasher->sectors_repeated++;
    return erase_pages(flasher, sector, problem);
}

static int read_back(struct flasher *flasher, uint32_t address, uint32_t size,
                     struct problem *problem)
{
    struct bootloader *bootloader = flasher->target->bootloader;

    int error = sector_go_on(flasher, problem);
    if (error == 0) {
        error = bootloader->ops->read(bootloader, address, size, flasher->is, problem);
    }
    if (error) {
        return error;
    }
    flasher->bytes_read += size;
    // What the image does not have may be anything.
    memcpy(flasher->wanted, flasher->is, size);
    image_read(flasher->image, address, size, flasher->wanted);
    return 0;
}

int sector_is_equal(struct flasher *flasher, uint32_t address, uint32_t size, bool *equal,
                    struct problem *problem)
{
    int error = read_back(flasher, address, size, problem);

    *equal = true;
    for (uint32_t i = 0; error == 0 && i < size; i++) {
        *equal &= flasher->is[i] == flasher->wanted[i];
    }
    return error;
}

// What is there now where a write was not acknowledged. Where reads spoil writes, nobody looks.
static int look(struct flasher *flasher, uint32_t address, uint32_t size, enum left *left,
                struct problem *problem)
{
    bool equal, erased = true;

    *left = LEFT_OTHER;
    if (flasher->reads_spoil_writes) {
        return 0;
    }
    int error = sector_is_equal(flasher, address, size, &equal, problem);
    if (error) {
        return error;
    }
    for (uint32_t i = 0; i < size; i++) {
        erased &= flasher->is[i] == flasher->target->device->erased;
    }
    *left = equal ? LEFT_WANTED : erased ? LEFT_ERASED : LEFT_OTHER;
    return 0;
}

// What of [address, address + size) is to stay erased.
struct hole {
    uint32_t address, size;
};

static void leave_erased(struct flasher *flasher, uint32_t address, uint32_t size,
                         const struct hole *hole)
{
    for (uint32_t i = 0; i < size; i++) {
        if (address + i - hole->address < hole->size) {
            flasher->wanted[i] = flasher->target->device->erased;
        }
    }
}

// Writes what is erased. *left: LEFT_WANTED when it is written, LEFT_OTHER when it has to be
// erased before it can be.
static int write_there(struct flasher *flasher, uint32_t address, uint32_t size,
                       const struct hole *hole, enum left *left, struct problem *problem)
{
    struct bootloader *bootloader = flasher->target->bootloader;
    struct problem of_look;
    int error = 0;

    *left = LEFT_WANTED;
    for (unsigned tries = 0; size && tries < TRIES; tries++) {
        error = sector_go_on(flasher, problem);
        if (error) {
            return error;
        }
        plan_read(flasher->target->device, flasher->image, address, size, flasher->wanted);
        leave_erased(flasher, address, size, hole);
        flasher->changed = true;
        error = bootloader->ops->write(bootloader, address, size, flasher->wanted, problem);
        if (error == 0) {
            *left = LEFT_WANTED;
        } else if (bootloader->lost || look(flasher, address, size, left, &of_look)) {
            return error;
        }
        if (*left == LEFT_WANTED) {
            flasher->bytes_written += size;
        }
        if (*left != LEFT_ERASED) {
            return 0;
        }
        flasher->writes_repeated++;
    }
    return error;
}

// The bytes of a block that come before sector_write_first: none of them is the first unit's, or
// those stay erased.
static void without_first(const struct plan *plan, size_t number, uint32_t *address, uint32_t *size)
{
    const struct plan_block *block = &plan->blocks[number];
    uint32_t first_end = plan->blocks[plan->first_block].address + plan->first_bytes;

    *address = block->write_address;
    *size = block->write_size;
    if (!plan->writes_erased && number == plan->first_block && *size && *address < first_end) {
        *size -= first_end - *address;
        *address = first_end;
    }
}

static int write_blocks(struct flasher *flasher, const struct plan_sector *sector, enum left *left,
                        struct problem *problem)
{
    const struct plan *plan = flasher->plan;
    const struct hole first = {plan->blocks[plan->first_block].address, plan->first_bytes};
    int error = 0;

    *left = LEFT_WANTED;
    for (size_t i = 0; i < sector->block_count && error == 0 && *left == LEFT_WANTED; i++) {
        uint32_t address, size;
        without_first(flasher->plan, sector->first_block + i, &address, &size);
        error = write_there(flasher, address, size, &first, left, problem);
        watch_step(flasher->watch, "write", sector->first_block + i + 1,
                   flasher->plan->block_count);
    }
    return error;
}

int sector_write(struct flasher *flasher, struct plan_sector *sector, struct problem *problem)
{
    enum left left;

    for (;;) {
        sector->tries++;
        int error = write_blocks(flasher, sector, &left, problem);
        if (error || left == LEFT_WANTED) {
            return error;
        }
        if (sector->tries >= TRIES) {
            return (int)problem->code; // of the last write
        }
        error = erase_again(flasher, sector, problem);
        if (error) {
            return error;
        }
    }
}

// Where the last read_back differs, which it does.
static int mismatch(const struct flasher *flasher, uint32_t address, uint32_t size,
                    struct problem *problem)
{
    uint32_t at = 0;

    while (at + 1 < size && flasher->is[at] == flasher->wanted[at]) {
        at++;
    }
    return problem_set(problem, EXIT_VERIFY,
                       "flash again; if it stays, look at the supply and the wiring",
                       "verify at 0x%08X: the chip has 0x%02X, the file 0x%02X", address + at,
                       flasher->is[at], flasher->wanted[at]);
}

// Reads once more what differs, where nothing protects the bytes of a read on their way.
static int check(struct flasher *flasher, uint32_t address, uint32_t size, bool *equal,
                 struct problem *problem)
{
    int error = 0;

    unsigned times = flasher->target->bootloader->reads_are_checked ? 1 : 2;
    *equal = size == 0;
    for (unsigned i = 0; i < times && error == 0 && !*equal; i++) {
        error = sector_is_equal(flasher, address, size, equal, problem);
    }
    if (error == 0 && !*equal) {
        mismatch(flasher, address, size, problem);
    }
    return error;
}

static int check_blocks(struct flasher *flasher, const struct plan_sector *sector, bool *equal,
                        struct problem *problem)
{
    const struct plan *plan = flasher->plan;

    *equal = true;
    for (size_t i = 0; i < sector->block_count && *equal; i++) {
        const struct plan_block *block = &plan->blocks[sector->first_block + i];
        uint32_t left_out =
            sector->first_block + i == plan->first_block && !flasher->reads_spoil_writes
                ? plan->first_bytes
                : 0;
        int error =
            check(flasher, block->address + left_out, block->size - left_out, equal, problem);
        if (error) {
            return error;
        }
        watch_step(flasher->watch, "verify", sector->first_block + i + 1, plan->block_count);
    }
    return 0;
}

int sector_absorb(struct flasher *flasher, const struct plan_sector *sector,
                  struct problem *problem)
{
    struct bootloader *bootloader = flasher->target->bootloader;
    uint32_t size = flasher->plan->first_bytes;
    struct problem of_write; // whether it is written does not matter

    // Not the first unit of the image: that one stays erased until the end.
    uint32_t address = flasher->plan->blocks[sector->first_block].address + size;
    memset(flasher->wanted, 0, size);
    bootloader->ops->write(bootloader, address, size, flasher->wanted, &of_write);
    flasher->bytes_written += size;
    return erase_pages(flasher, sector, problem);
}

static int again(struct flasher *flasher, struct plan_sector *sector, struct problem *problem)
{
    int error = erase_again(flasher, sector, problem);

    if (error == 0 && flasher->reads_spoil_writes) {
        error = sector_absorb(flasher, sector, problem);
    }
    return error ? error : sector_write(flasher, sector, problem);
}

// Writes what starts the image: first what stands behind the first unit, and that one last, so that
// it is erased until all the rest is there. Bytes that stay erased are none to write.
static int put_first(struct flasher *flasher, enum left *left, struct problem *problem)
{
    const struct plan *plan = flasher->plan;
    const struct plan_block *block = &plan->blocks[plan->first_block];
    bool writes = block->write_size && block->write_address < block->address + plan->first_bytes;
    uint32_t unit = plan->unit_bytes, from = plan->writes_erased ? 0 : unit;
    const struct hole last = {block->address, unit}, none = {0, 0};

    int error = write_there(flasher, block->address + from,
                            writes && plan->first_bytes > unit ? plan->first_bytes - from : 0,
                            &last, left, problem);
    if (error || *left != LEFT_WANTED) {
        return error;
    }
    return write_there(flasher, block->address, writes ? unit : 0, &none, left, problem);
}

int sector_verify(struct flasher *flasher, struct plan_sector *sector, struct problem *problem)
{
    enum left left;
    bool equal;

    for (;;) {
        int error = check_blocks(flasher, sector, &equal, problem);
        if (error || equal) {
            sector->checked = error == 0;
            return error;
        }
        if (sector->tries >= TRIES) {
            return EXIT_VERIFY;
        }
        error = again(flasher, sector, problem);
        if (error == 0 && flasher->reads_spoil_writes &&
            sector == &flasher->plan->sectors[flasher->plan->first_sector]) {
            error = put_first(flasher, &left, problem); // what is wrong is seen in the next round
        }
        if (error) {
            return error;
        }
    }
}

int sector_write_first(struct flasher *flasher, struct problem *problem)
{
    struct plan_sector *sector = &flasher->plan->sectors[flasher->plan->first_sector];
    const uint32_t address = flasher->plan->blocks[flasher->plan->first_block].address;
    const bool reads = !flasher->reads_spoil_writes;
    enum left left;

    for (;;) {
        int error = put_first(flasher, &left, problem);
        bool equal = left == LEFT_WANTED;
        if (error == 0 && reads) {
            error = check(flasher, address, flasher->plan->first_bytes, &equal, problem);
        }
        if (error || equal) {
            return error;
        }
        if (sector->tries >= TRIES) {
            return (int)problem->code;
        }
        error = again(flasher, sector, problem);
        if (error == 0 && reads) {
            error = sector_verify(flasher, sector, problem);
        }
        if (error) {
            return error;
        }
    }
}
