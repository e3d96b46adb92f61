// flash_control.c: keys, control and status register of a flash controller, and how long it works.
// SPDX-License-Identifier: MIT
//
// On silicon an operation takes 16 us to some seconds; here it takes as many instructions as a
// program needs to see that it is under way. Whoever goes on meanwhile finds the bus stalled on
// silicon (RM0090 Section 3.6.1), and the operation done here.
#include "flash_control.h"

#include <string.h>

// In instructions.
enum { PROGRAM_TIME = 16, ERASE_TIME = 256 };

static uint32_t *control_register(const struct flash_control *control)
{
    const struct block *block = control->block;

    return &block->registers[(control->row->control - block->peripheral->start) / 4];
}

uint32_t flash_control_bits(const struct flash_control *control)
{
    return *control_register(control);
}

static uint32_t lock_bits(const struct flash_control *control)
{
    return control->row->locks[0].mask | control->row->locks[1].mask;
}

bool flash_control_is_locked(const struct flash_control *control)
{
    return flash_control_bits(control) & lock_bits(control);
}

struct region flash_control_part(const struct flash_control *control)
{
    const struct flash_controller *row = control->row;

    return row->size ? (struct region){row->name, row->start, row->size}
                     : control->block->chip->device->flash;
}

// A core that runs from what is erased has nothing to run any more.
static void erase(struct flash_control *control)
{
    struct chip *chip = control->block->chip;
    const struct region *what = &control->erase;
    uint8_t *bytes = memory_at(&chip->memory, what->start, what->size);
    uint32_t pc = chip_flash_home(chip, cpu_get(chip->core.cpu, CPU_PC));

    if (!bytes) {
        return;
    }
    if (pc - what->start < what->size) {
        chip->core.lockup = "the page that the code runs from is erased";
        cpu_stop(chip->core.cpu);
        return;
    }
    memset(bytes, chip->device->erased, what->size);
    chip_flash_changed(chip, what->start, what->size);
}

void flash_control_finish(struct flash_control *control)
{
    const struct flash_controller *row = control->row;

    if (!control->busy) {
        return;
    }
    control->busy = false;
    event_schedule(&control->block->chip->core.events, &control->done, EVENT_NEVER);
    if (control->erase.size) {
        erase(control);
    }
    if (!row->end_enable || flash_control_bits(control) & row->end_enable) {
        control->flags |= row->end;
    }
}

static void on_done(void *context)
{
    struct flash_control *control = context;

    flash_control_finish(control);
    control->changed(control->block);
}

static bool has_error(const struct flash_control *control)
{
    const struct flash_controller *row = control->row;

    return control->flags &
           (row->out_of_order | row->not_erased | row->wrong_width | row->misaligned);
}

bool flash_control_is_blocked(const struct flash_control *control)
{
    return control->row->errors_block && has_error(control);
}

bool flash_control_interrupts(const struct flash_control *control)
{
    const struct flash_controller *row = control->row;
    uint32_t bits = flash_control_bits(control);

    return (bits & row->end_interrupt && control->flags & row->end) ||
           (bits & row->error_interrupt && has_error(control));
}

void flash_control_start(struct flash_control *control, const struct region *what)
{
    struct cortex *core = &control->block->chip->core;

    control->busy = true;
    control->erase = *what;
    event_schedule(&core->events, &control->done,
                   core->instructions + (what->size ? ERASE_TIME : PROGRAM_TIME));
}

bool flash_control_open(struct flash_control *control, struct block *block,
                        const struct flash_controller *row, void (*changed)(struct block *block))
{
    control->block = block;
    control->changed = changed;
    control->row = row;
    control->done = (struct event){.fire = on_done, .context = control};
    return event_queue_add(&block->chip->core.events, &control->done);
}

void flash_control_reset(struct flash_control *control)
{
    event_schedule(&control->block->chip->core.events, &control->done, EVENT_NEVER);
    memset(control->keys, 0, sizeof control->keys);
    memset(control->shut, 0, sizeof control->shut);
    control->flags = control->page_address = 0;
    control->filled = 0;
    control->busy = false;
    *control_register(control) |= lock_bits(control) | control->row->option_lock;
}

bool flash_control_has(const struct flash_control *control, uint32_t address)
{
    const struct flash_controller *row = control->row;

    for (int i = 0; i < FLASH_LOCKS; i++) {
        if (row->locks[i].mask && row->locks[i].address == address) {
            return true;
        }
    }
    return address == row->status || address == row->flags || address == row->clear ||
           (row->page_address && address == row->page_address);
}

uint32_t flash_control_read(const struct flash_control *control, uint32_t address, uint32_t value)
{
    const struct flash_controller *row = control->row;

    if (address == row->control) {
        return (value & ~lock_bits(control)) | (flash_control_bits(control) & lock_bits(control));
    }
    if (address == row->status) {
        value |= (control->busy ? row->busy : 0) | (control->filled ? row->waiting : 0);
    }
    return address == row->flags ? value | control->flags : value;
}

// A key that does not fit keeps the lock closed until the next reset. One that comes when the lock
// is open means nothing. On silicon a wrong one is a bus error, too.
static void turn_key(struct flash_control *control, int number, uint32_t value)
{
    const struct flash_lock *lock = &control->row->locks[number];
    bool before_closed =
        number > 0 && flash_control_bits(control) & control->row->locks[number - 1].mask;

    if (!(flash_control_bits(control) & lock->mask) || control->shut[number]) {
        return;
    }
    if (before_closed || value != lock->keys[control->keys[number]]) {
        control->shut[number] = true;
        return;
    }
    control->keys[number]++;
    if (control->keys[number] == sizeof lock->keys / sizeof lock->keys[0]) {
        control->keys[number] = 0;
        *control_register(control) &= ~lock->mask;
    }
}

// What the bits of the control register have erased; size 0: nothing.
static struct region chosen(const struct flash_control *control, uint32_t bits)
{
    const struct flash_controller *row = control->row;
    struct chip *chip = control->block->chip;
    struct region part = flash_control_part(control);
    struct region first = {part.name, part.start, part.size / 2};
    struct region second = {part.name, part.start + part.size / 2, part.size / 2};
    const struct region *half = bits & row->bank ? &second : &first;

    if (bits & row->all_erase || (bits & row->first_erase && bits & row->second_erase)) {
        return part;
    }
    if (bits & (row->first_erase | row->second_erase)) {
        return bits & row->first_erase ? first : second;
    }
    if (bits & row->bank_erase) {
        return *half;
    }
    if ((bits & row->page_erase) != row->page_erase) {
        return (struct region){0};
    }
    if (row->page_address) {
        return flash_page_at(chip, control->page_address);
    }
    return flash_page_of(chip, half->start, (bits & row->page) / (row->page & -row->page));
}

static void start_erase(struct flash_control *control, uint32_t bits)
{
    struct region what = chosen(control, bits);

    if (flash_control_is_blocked(control)) {
        control->flags |= control->row->out_of_order;
    } else if (what.size) {
        flash_control_start(control, &what);
    }
}

// Locked bits keep what they hold, and a lock can be closed but not opened. The first closes both.
static uint32_t write_control(struct flash_control *control, uint32_t value)
{
    const struct flash_controller *row = control->row;
    uint32_t before;

    flash_control_finish(control);
    before = flash_control_bits(control);
    if (before & row->locks[0].mask) {
        return before;
    }
    value |= (before & lock_bits(control)) | row->option_lock;
    if (value & row->locks[0].mask) {
        value |= row->locks[1].mask;
    }
    if (value & row->start_bit) {
        start_erase(control, value);
    }
    if (value & row->force) {
        flash_control_force(control);
    }
    return value & ~(row->start_bit | row->force);
}

uint32_t flash_control_write(struct flash_control *control, uint32_t address, uint32_t value)
{
    const struct flash_controller *row = control->row;

    if (address == row->control) {
        return write_control(control, value);
    }
    for (int i = 0; i < FLASH_LOCKS; i++) {
        if (row->locks[i].mask && address == row->locks[i].address) {
            turn_key(control, i, value);
        }
    }
    if (address == row->clear) {
        control->flags &= ~value;
    } else if (address == row->page_address) {
        control->page_address = value; // which software cannot read
    }
    return flash_control_has(control, address) ? 0 : value;
}
