// rcc.c: models the RCC from the device row.
// SPDX-License-Identifier: MIT
#include "rcc.h"

#include "hardware_bits.h"

#include <string.h>

// Where SW shares its register with the factors of the PLL, these are in bits 16 to 23 (CFGR:
// RM0008 Rev 21 Section 7.3.2, RM0091 Section 6.4.2, RM0038 Section 6.3.3), and the rest of it can
// be written while the PLL is on.
#define FACTORS_BESIDE_SWITCH 0x00FF0000u

static uint32_t *word_at(struct rcc *rcc, uint32_t address)
{
    return &rcc->registers[(address - rcc->device->rcc) / 4 % RCC_WORDS];
}

void rcc_open(struct rcc *rcc, const struct device *device)
{
    *rcc = (struct rcc){.device = device};
}

// RMVF, where it holds all flags at 0 until 0 is written to it: no reset writes it.
static uint32_t held(const struct rcc *rcc, uint32_t flags)
{
    return rcc->device->flags_clear_stays ? flags & rcc->device->flags_clear : 0;
}

void rcc_reset(struct rcc *rcc, uint32_t flags)
{
    const struct device *device = rcc->device;
    uint32_t word = rcc_peek(rcc, device->flags_register), hold = held(rcc, word);
    uint32_t after = hold ? hold : (word & device->flags_any) | flags;

    memset(rcc->registers, 0, sizeof rcc->registers);
    for (const struct register_reset *reset = device->rcc_registers; reset->name; reset++) {
        *word_at(rcc, reset->address) = reset->value;
    }
    for (const struct register_known *known = device->known_registers; known->name; known++) {
        if (known->address - device->rcc < device->rcc_size) {
            *word_at(rcc, known->address) |= known->reset;
        }
    }
    *word_at(rcc, device->flags_register) |= after;
    memset(rcc->waits, 0, sizeof rcc->waits);
    rcc->switch_waits = 0;
    rcc->dead = 0;
    rcc->written = false;
    rcc->changes++;
}

void rcc_start(struct rcc *rcc, uint32_t address, uint32_t bits)
{
    *word_at(rcc, address) |= bits;
    rcc->changes++;
}

uint32_t rcc_peek(const struct rcc *rcc, uint32_t address)
{
    return rcc->registers[(address - rcc->device->rcc) / 4 % RCC_WORDS];
}

// How many ready bits there are, SWS not counted.
static unsigned ready_count(const struct rcc *rcc)
{
    unsigned count = 0;

    while (count < RCC_READY_BITS && rcc->device->ready_bits[count].address) {
        count++;
    }
    return count;
}

static uint32_t switched_to(const struct device *device, uint32_t value)
{
    uint32_t selected = value >> device->switch_status & device->switch_mask;

    return device->switch_mask ? selected / (device->switch_mask & -device->switch_mask) : 0;
}

bool rcc_clock_is_reset(const struct rcc *rcc)
{
    const struct device *device = rcc->device;
    uint32_t status = device->switch_mask << device->switch_status;

    for (const struct register_reset *reset = device->rcc_registers; reset->name; reset++) {
        if (reset->address == device->switch_register) {
            return !((rcc_peek(rcc, reset->address) ^ reset->value) & status);
        }
    }
    return true;
}

static bool is_on(const struct rcc *rcc, const struct ready_bit *bit)
{
    return rcc_peek(rcc, bit->address) & (bit->on | bit->ready);
}

// Whether the oscillator that SW asks for runs; one that nobody knows does.
static bool target_runs(const struct rcc *rcc, uint32_t value)
{
    const struct device *device = rcc->device;
    uint32_t selected = switched_to(device, (value & device->switch_mask) << device->switch_status);

    for (const struct ready_bit *bit = device->ready_bits; bit->address; bit++) {
        if (bit->selects >= 0 && (uint32_t)bit->selects == selected) {
            return rcc_peek(rcc, bit->address) & bit->ready;
        }
    }
    return true;
}

static void follow_switch(const struct rcc *rcc, uint32_t *word)
{
    const struct device *device = rcc->device;
    uint32_t status = device->switch_mask << device->switch_status;

    if (target_runs(rcc, *word)) {
        *word = (*word & ~status) | (*word & device->switch_mask) << device->switch_status;
    }
}

static uint32_t follow_enable(const struct ready_bit *bit, uint32_t value)
{
    return value & bit->on ? value | bit->ready : value & ~bit->ready;
}

// Each read brings what has to follow nearer.
uint32_t rcc_read(struct rcc *rcc, uint32_t address)
{
    const struct device *device = rcc->device;
    unsigned count = ready_count(rcc);
    uint32_t *word = word_at(rcc, address), before = *word;

    for (unsigned i = 0; i < count; i++) {
        const struct ready_bit *bit = &device->ready_bits[i];
        if (bit->address == address && rcc->waits[i] && rcc->dead != i + 1 &&
            --rcc->waits[i] == 0) {
            *word = follow_enable(bit, *word);
        }
    }
    if (address == device->switch_register && rcc->dead != count + 1) {
        rcc->switch_waits = (uint8_t)(rcc->switch_waits - (rcc->switch_waits > 0));
        if (rcc->switch_waits == 0) {
            follow_switch(rcc, word);
        }
    }
    rcc->changes += *word != before;
    return *word | (rcc->lsi_kept_on && address == device->lsi_register ? device->lsi_mask : 0);
}

bool rcc_is_settling(const struct rcc *rcc)
{
    unsigned count = ready_count(rcc);
    bool settling = rcc->switch_waits;

    for (unsigned i = 0; i < count; i++) {
        settling |= rcc->waits[i] && rcc->dead != i + 1;
    }
    return settling;
}

static void settle_bits(struct rcc *rcc, bool those_on)
{
    unsigned count = ready_count(rcc);

    for (unsigned i = 0; i < count; i++) {
        const struct ready_bit *bit = &rcc->device->ready_bits[i];
        uint32_t *word = word_at(rcc, bit->address);
        if (rcc->waits[i] && rcc->dead != i + 1 && (those_on || !(*word & bit->on))) {
            *word = follow_enable(bit, *word);
            rcc->waits[i] = 0;
        }
    }
    rcc->changes++;
}

void rcc_settle_off(struct rcc *rcc)
{
    settle_bits(rcc, false);
}

void rcc_settle(struct rcc *rcc)
{
    const struct device *device = rcc->device;

    settle_bits(rcc, true);
    if (device->switch_mask && rcc->dead != ready_count(rcc) + 1) {
        rcc->switch_waits = 0;
        follow_switch(rcc, word_at(rcc, device->switch_register));
    }
}

// Bits that cannot be written now: of ready bits and SWS never, of the factors of what runs, and
// the enable bit of what drives the system clock.
static uint32_t locked(const struct rcc *rcc, uint32_t address)
{
    const struct device *device = rcc->device;
    bool has_switch = address == device->switch_register;
    uint32_t mask = has_switch ? device->switch_mask << device->switch_status : 0;
    uint32_t driver = switched_to(device, rcc_peek(rcc, device->switch_register));

    for (const struct ready_bit *bit = device->ready_bits; bit->address; bit++) {
        if (bit->address == address) {
            bool drives = bit->selects >= 0 && (uint32_t)bit->selects == driver;
            mask |= bit->ready | (drives ? bit->on : 0);
        }
        for (const uint32_t *lock = bit->locks; lock && *lock; lock++) {
            mask |= *lock != address || !is_on(rcc, bit) ? 0
                    : has_switch                         ? FACTORS_BESIDE_SWITCH
                                                         : 0xFFFFFFFFu;
        }
    }
    return mask;
}

static void start_waits(struct rcc *rcc, uint32_t address, uint32_t before, uint32_t after)
{
    const struct device *device = rcc->device;
    unsigned count = ready_count(rcc);

    for (unsigned i = 0; i < count; i++) {
        const struct ready_bit *bit = &device->ready_bits[i];
        if (bit->address == address && (before ^ after) & bit->on) {
            rcc->waits[i] = RCC_SETTLE_READS;
        }
    }
    if (address == device->switch_register && (before ^ after) & device->switch_mask) {
        rcc->switch_waits = RCC_SETTLE_READS;
    }
}

void rcc_write(struct rcc *rcc, uint32_t address, uint32_t value)
{
    const struct device *device = rcc->device;
    uint32_t *word = word_at(rcc, address), before = *word, kept = locked(rcc, address);

    if (address == device->flags_register) {
        uint32_t flags = value & device->flags_clear ? 0 : *word & device->flags_any;
        value = (value & ~device->flags_any) | flags;
        kept &= ~device->flags_any;
    } else if (address != device->remap_clock_register ||
               (*word ^ value) & ~device->remap_clock_mask) {
        rcc->written = true;
    }
    *word = (value & ~kept) | (before & kept);
    rcc->changes++;
    start_waits(rcc, address, before, *word);
}

void rcc_put(struct rcc *rcc, uint32_t address, uint32_t value)
{
    const struct device *device = rcc->device;
    unsigned count = ready_count(rcc);

    for (unsigned i = 0; i < count; i++) {
        if (device->ready_bits[i].address == address) {
            value = follow_enable(&device->ready_bits[i], value);
            rcc->waits[i] = 0;
        }
    }
    if (address == device->switch_register) {
        uint32_t status = device->switch_mask << device->switch_status;
        value = (value & ~status) | (value & device->switch_mask) << device->switch_status;
        rcc->switch_waits = 0;
    }
    *word_at(rcc, address) = value;
    rcc->changes++;
    rcc->written = true;
}

bool rcc_may_pulse(const struct device *device, uint32_t address, uint32_t mask)
{
    for (const struct reset_register *one = device->reset_registers; one->name; one++) {
        if (one->address == address) {
            return (mask & ~one->safe) == 0;
        }
    }
    return false;
}

bool rcc_is_enable(const struct register_reset *reset)
{
    return strstr(reset->name, "ENR") != NULL;
}

// Whether the switch that was asked for is under way, and will come: until then the clock is not
// the one that SW tells of.
static bool is_switching(const struct rcc *rcc, uint32_t word)
{
    const struct device *device = rcc->device;
    uint32_t asked = (word & device->switch_mask) << device->switch_status;
    uint32_t status = word & device->switch_mask << device->switch_status;

    return asked != status && rcc->dead != ready_count(rcc) + 1;
}

// Bits that software does not decide. Ready bits and SWS tell what others of their register asked
// for; what nothing but a reset clears no program can bring back.
static uint32_t bits_of_hardware(const struct rcc *rcc, uint32_t address)
{
    const struct device *device = rcc->device;
    uint32_t bits = hardware_bits(device, address) | hardware_bits_set_only(device, address);

    for (const struct ready_bit *bit = device->ready_bits; bit->address; bit++) {
        bits |= bit->address == address ? bit->ready : 0;
    }
    if (address == device->switch_register && !is_switching(rcc, rcc_peek(rcc, address))) {
        bits |= device->switch_mask << device->switch_status;
    }
    return bits;
}

// Bits of this register that are not judged.
static uint32_t exempt_bits(const struct rcc *rcc, const struct register_reset *reset,
                            const struct peripheral *const *except, size_t count)
{
    const struct device *device = rcc->device;
    uint32_t exempt = bits_of_hardware(rcc, reset->address);

    exempt |= reset->address == device->remap_clock_register ? device->remap_clock_mask : 0;
    for (size_t i = 0; i < count; i++) {
        if (except[i] && reset->address == except[i]->clock_register) {
            exempt |= except[i]->clock_mask;
        }
    }
    return exempt;
}

uint32_t rcc_difference(const struct rcc *rcc, const struct register_reset *reset,
                        const struct peripheral *const *except, size_t count)
{
    uint32_t difference = rcc_peek(rcc, reset->address) ^ reset->value;

    return difference ? difference & ~exempt_bits(rcc, reset, except, count) : 0;
}

static const struct register_reset *first_difference(const struct rcc *rcc,
                                                     const struct peripheral *const *except,
                                                     size_t count, bool enables, uint32_t *value)
{
    const struct register_reset *reset = rcc->device->rcc_registers;

    for (; reset->name; reset++) {
        *value = rcc_peek(rcc, reset->address);
        if (rcc_is_enable(reset) == enables && rcc_difference(rcc, reset, except, count)) {
            return reset;
        }
    }
    return NULL;
}

const struct register_reset *rcc_first_difference(const struct rcc *rcc,
                                                  const struct peripheral *const *except,
                                                  size_t count, uint32_t *value)
{
    const struct register_reset *tree = first_difference(rcc, except, count, false, value);

    return tree ? tree : first_difference(rcc, except, count, true, value);
}
