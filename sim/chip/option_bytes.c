// option_bytes.c: keys, start, wait and launch of the option bits that start the ROM.
// SPDX-License-Identifier: MIT
#include "option_bytes.h"

#include "chip_run.h"
#include "option_bits.h"

#include <string.h>

// Option bits of which the row says nothing read as erased.
static const uint32_t others = 0xFFFFFFFFu;

// How long programming takes, and the launch is not heard: so many looks at the busy flag.
enum { BUSY_READS = 3 };

static const struct option_entry *entry_of(const struct chip *chip)
{
    return &chip->device->option_entry;
}

void option_bytes_reset(struct chip *chip, bool loads, bool power)
{
    const struct option_entry *entry = entry_of(chip);
    struct option_bytes *bytes = &chip->option_bytes;

    if (!bytes->known) {
        bytes->known = true;
        bytes->stored = entry->restore;
    }
    if (loads || !entry->launch_register) {
        bytes->loaded = bytes->stored;
    }
    bytes->staged = bytes->loaded;
    bytes->foreign = 0;
    memset(bytes->key_step, 0, sizeof bytes->key_step);
    memset(bytes->open, 0, sizeof bytes->open);
    bytes->shut = false;
    bytes->busy = 0;
    bytes->error |= power; // some chips find fault with their factory's option bytes
}

bool option_bytes_start_rom(const struct chip *chip)
{
    const struct option_entry *entry = entry_of(chip);

    return *entry->name && !chip->option_bytes.unmet && chip->option_bytes.loaded == entry->value;
}

void option_bytes_restore(struct chip *chip)
{
    chip->option_bytes.stored = entry_of(chip)->restore;
}

static bool is_open(const struct chip *chip)
{
    const struct option_key *keys = entry_of(chip)->keys;

    for (unsigned i = 0; i < OPTION_LOCKS && keys[i].name; i++) {
        if (!chip->option_bytes.open[i]) {
            return false;
        }
    }
    return true;
}

static uint32_t met(const struct option_bytes *bytes, const struct option_condition *one)
{
    return bytes->unmet ? ~one->value & one->mask : one->value;
}

uint32_t option_bytes_read(struct chip *chip, uint32_t address, uint32_t value)
{
    const struct option_entry *entry = entry_of(chip);
    struct option_bytes *bytes = &chip->option_bytes;

    if (!*entry->name) {
        return value;
    }
    if (address == entry->address || address == entry->shown) {
        value = others;
    }
    for (const struct option_condition *one = entry->conditions; one->name; one++) {
        value = one->address == address ? (value & ~one->mask) | met(bytes, one) : value;
    }
    if (address == entry->address) {
        value = (value & ~entry->mask) | bytes->staged;
    } else if (address == entry->shown) {
        value = (value & ~entry->mask) | bytes->loaded;
    }
    for (unsigned i = 0; i < OPTION_LOCKS && entry->keys[i].name; i++) {
        bool closed = address == entry->lock_register && !bytes->open[i];
        value |= closed ? entry->keys[i].locked : 0;
    }
    if (address == entry->busy_register && bytes->busy) {
        bytes->busy--;
        value |= entry->busy_mask & -entry->busy_mask;
    }
    // An error of option bytes is the highest flag (OPTVERR, OPTWERR). New chips alone show it, so
    // it is shown to those who are about to program option bytes, not to those who program flash.
    if (address == entry->error_register && bytes->error && is_open(chip)) {
        value |= 1u << (31 - __builtin_clz(entry->error_mask));
    }
    return value;
}

// A key that does not fit, or that comes when the lock is open, closes it until the next reset.
static void turn_key(struct chip *chip, unsigned number, uint32_t value)
{
    struct option_bytes *bytes = &chip->option_bytes;
    const struct option_key *key = &entry_of(chip)->keys[number];
    bool before_closed = number > 0 && !bytes->open[number - 1];

    if (bytes->shut || bytes->open[number] || before_closed ||
        value != key->keys[bytes->key_step[number]]) {
        bytes->shut = true;
        bytes->open[number] = false;
        return;
    }
    bytes->key_step[number]++;
    if (bytes->key_step[number] == sizeof key->keys / sizeof key->keys[0]) {
        bytes->key_step[number] = 0;
        bytes->open[number] = true;
    }
}

static void start(struct chip *chip)
{
    struct option_bytes *bytes = &chip->option_bytes;

    if (bytes->error) {
        return; // nothing starts as long as the flag is set
    }
    if (bytes->foreign) {
        chip->core.lockup = "option bits beside those of the entry are programmed";
        cpu_stop(chip->core.cpu);
        return;
    }
    bytes->stored = bytes->staged;
    bytes->busy = BUSY_READS;
}

// Locks close, and what is open and idle starts or launches.
static void control(struct chip *chip, uint32_t address, uint32_t value)
{
    const struct option_entry *entry = entry_of(chip);
    struct option_bytes *bytes = &chip->option_bytes;
    bool open = is_open(chip) && !bytes->busy;

    if (address == entry->start_register && value & entry->start_mask && open) {
        start(chip);
    }
    if (address == entry->launch_register && value & entry->launch_mask && open) {
        chip_want_reset(chip, RESET_OPTION);
    }
    for (unsigned i = 0; i < OPTION_LOCKS && entry->keys[i].name; i++) {
        if (address == entry->lock_register && value & entry->keys[i].locked) {
            bytes->open[i] = false;
        }
    }
}

static uint32_t shown_to_cpu(struct chip *chip, uint32_t address)
{
    return option_bits_show(&chip->option_bits, chip->device, address,
                            option_bytes_read(chip, address, 0));
}

uint32_t option_bytes_kept(struct chip *chip, uint32_t address, uint32_t value)
{
    const struct option_entry *entry = entry_of(chip);

    return *entry->name && address == entry->address ? shown_to_cpu(chip, address) : value;
}

uint32_t option_bytes_bits(const struct chip *chip, uint32_t address)
{
    const struct option_entry *entry = entry_of(chip);
    uint32_t bits = 0;

    for (unsigned i = 0; i < OPTION_LOCKS && *entry->name && entry->keys[i].name; i++) {
        bits |= address == entry->lock_register ? entry->keys[i].locked : 0;
    }
    return bits | (address == entry->start_register ? entry->start_mask : 0) |
           (address == entry->launch_register ? entry->launch_mask : 0);
}

uint32_t option_bytes_write(struct chip *chip, uint32_t address, uint32_t value)
{
    const struct option_entry *entry = entry_of(chip);
    struct option_bytes *bytes = &chip->option_bytes;

    if (!*entry->name) {
        return value;
    }
    for (unsigned i = 0; i < OPTION_LOCKS && entry->keys[i].name; i++) {
        if (entry->keys[i].address == address) {
            turn_key(chip, i, value);
            return 0;
        }
    }
    if (address == entry->address) {
        if (is_open(chip) && !bytes->busy) {
            bytes->foreign = (value ^ shown_to_cpu(chip, address)) & ~entry->mask;
            bytes->staged = value & entry->mask;
        }
        return 0;
    }
    if (address == entry->clear_register && value & entry->error_mask) {
        bytes->error = false;
        value &= ~entry->error_mask; // a one clears, and does not stay
    }
    control(chip, address, value);
    if (address == entry->lock_register || address == entry->start_register) {
        return 0; // what is kept of it is in `open`
    }
    return value;
}
