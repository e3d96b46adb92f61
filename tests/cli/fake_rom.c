// fake_rom.c: the commands of a ROM, and an application that enters it when it is asked.
// SPDX-License-Identifier: MIT
//
// Written from AN3155 and not from host/protocols/an3155.c: it shares no line with the tool it
// tests.
#include "fake_rom.h"

#include <string.h>
#include <termios.h>
#include <unistd.h>

static bool nack(struct chip *chip)
{
    put_byte(chip, 0x1F);
    return false;
}

// Reads `size` bytes and their checksum, whose XOR with all of them, and with `sum`, is 0.
static bool get_frame(struct chip *chip, uint8_t *bytes, size_t size, uint8_t sum)
{
    for (size_t i = 0; i < size; i++) {
        sum ^= bytes[i] = (uint8_t)get(chip, -1);
    }
    return (sum ^ (uint8_t)get(chip, -1)) == 0;
}

static bool in_flash(const struct chip *chip, uint32_t address, uint32_t size)
{
    return address >= FLASH && address - FLASH + size <= chip->flash_size;
}

// It has no option bytes and no register of its size: nothing but flash and the version byte.
static bool get_address(struct chip *chip, const char *step, uint32_t *address)
{
    uint8_t b[4];

    if (!get_frame(chip, b, 4, 0)) {
        return nack(chip);
    }
    *address = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
    bool unique = chip->id12 && *address - 0x1FFF7590 < 12;
    if (!in_flash(chip, *address, 1) && *address != chip->id_at && !unique) {
        return nack(chip);
    }
    return ack(chip, step);
}

static void do_get(struct chip *chip)
{
    uint8_t list[] = {10,   0x31, 0x00, 0x01, 0x02, 0x11, 0x21, 0x31, (uint8_t)chip->erase,
                      0x63, 0x73, 0x82};

    if (ack(chip, "get") && put_data(chip, "get-data", list, sizeof list)) {
        ack(chip, "get-end");
    }
}

static void do_id(struct chip *chip)
{
    uint8_t id[] = {1, (uint8_t)(chip->product >> 8), (uint8_t)chip->product};

    if (ack(chip, "id") && put_data(chip, "id-data", id, sizeof id)) {
        ack(chip, "id-end");
    }
}

static void do_read(struct chip *chip)
{
    uint8_t bytes[256] = {0};
    uint32_t address;

    if (!ack(chip, "read") || !get_address(chip, "read-address", &address)) {
        return;
    }
    uint8_t length = (uint8_t)get(chip, -1);
    if ((uint8_t)get(chip, -1) != (uint8_t)~length) {
        nack(chip);
        return;
    }
    if (!ack(chip, "read-length")) {
        return;
    }
    if (in_flash(chip, address, length + 1u)) {
        memcpy(bytes, chip->flash + (address - FLASH), length + 1u);
        chip->broken = chip->read_breaks && chip->written;
        fprintf(chip->log, "read 0x%08X %u\n", address, length + 1u);
    } else {
        memset(bytes, 0x5A, sizeof bytes); // the unique id
        bytes[0] = address == chip->id_at ? (uint8_t)chip->id : (uint8_t)(0x11 + chip->id12);
    }
    put_data(chip, "read-data", bytes, length + 1u);
}

// Flash can only clear bits: what was not erased before comes out wrong.
static void program(struct chip *chip, uint32_t address, const uint8_t *bytes, uint32_t size)
{
    for (uint32_t i = 0; i < size; i++) {
        chip->flash[address - FLASH + i] &= chip->broken ? 0xFF : bytes[i];
    }
    chip->written = true;
    fprintf(chip->log, "write 0x%08X %u\n", address, size);
}

static void do_write(struct chip *chip)
{
    uint8_t bytes[256];
    uint32_t address;

    if (!ack(chip, "write") || !get_address(chip, "write-address", &address)) {
        return;
    }
    uint8_t length = (uint8_t)get(chip, -1);
    if (due(chip, "write-half")) {
        for (int i = 0; i < length / 2; i++) {
            get(chip, -1);
        }
        close_line(chip);
    }
    bool whole = get_frame(chip, bytes, length + 1u, length);
    if (!whole || !in_flash(chip, address, length + 1u) || address % chip->unit ||
        (length + 1u) % chip->unit) {
        nack(chip);
        return;
    }
    if (ack(chip, "write-data")) {
        program(chip, address, bytes, length + 1u);
    }
}

static bool erase_page(struct chip *chip, unsigned number)
{
    for (const struct run *run = chip->runs; run->count; run++) {
        if (number - run->first >= run->count) {
            continue;
        }
        memset(chip->flash + run->start + (number - run->first) * run->size, 0xFF, run->size);
        return true;
    }
    return false;
}

static bool erase_list(struct chip *chip, const uint8_t *list, unsigned count, unsigned width)
{
    fprintf(chip->log, "erase %u:", count);
    for (unsigned i = 0; i < count; i++) {
        unsigned number = width == 2 ? list[2 * i] * 256u + list[2 * i + 1] : list[i];
        fprintf(chip->log, " %u", number);
        if (!erase_page(chip, number) || (chip->bank2 && number >= chip->bank2 && count > 1)) {
            fputs(" refused\n", chip->log);
            return false;
        }
    }
    fputc('\n', chip->log);
    return true;
}

static void do_erase(struct chip *chip, unsigned width)
{
    static uint8_t list[2 * 65536];
    unsigned count = 0;
    uint8_t sum = 0;

    if (!ack(chip, "erase")) {
        return;
    }
    for (unsigned i = 0; i < width; i++) {
        uint8_t byte = (uint8_t)get(chip, -1);
        count = count << 8 | byte;
        sum ^= byte;
    }
    count++;
    if (count > 0xFF00 || !get_frame(chip, list, count * width, sum)) {
        nack(chip);
        return;
    }
    // The fault comes instead of the erase.
    if (strcmp(chip->fault_step, "erase-list") == 0 && chip->fault_seen + 1 >= chip->fault_at) {
        ack(chip, "erase-list");
    } else if (erase_list(chip, list, count, width)) {
        ack(chip, "erase-list");
    } else {
        nack(chip);
    }
}

static void start_application(struct chip *chip)
{
    chip->in_rom = chip->in_sync = false;
    usleep(20000);
    if (chip->banner) {
        put(chip, chip->banner, strlen(chip->banner));
        put(chip, "\r\n", 2);
    }
}

static void do_go(struct chip *chip)
{
    uint32_t address;

    if (ack(chip, "go") && get_address(chip, "go-address", &address)) {
        fprintf(chip->log, "go 0x%08X\n", address);
        start_application(chip);
    }
}

// BOOT0 is low.
static void do_readout_protect(struct chip *chip)
{
    if (ack(chip, "protect") && ack(chip, "protect-end")) {
        fprintf(chip->log, "protect\n");
        chip->guarded = true;
        start_application(chip);
    }
}

static void rom_command(struct chip *chip)
{
    uint8_t code = (uint8_t)get(chip, -1);

    if ((uint8_t)get(chip, -1) != (uint8_t)~code) {
        nack(chip);
    } else if (code == 0x00) {
        do_get(chip);
    } else if (code == 0x02) {
        do_id(chip);
    } else if (chip->guarded) {
        nack(chip);
        nack(chip); // as the ROMs of STM32F405 do for reads and writes
    } else if (code == 0x11) {
        do_read(chip);
    } else if (code == 0x21) {
        do_go(chip);
    } else if (code == 0x31) {
        do_write(chip);
    } else if (code == chip->erase) {
        do_erase(chip, code == 0x44 ? 2 : 1);
    } else if (code == 0x82) {
        do_readout_protect(chip);
    } else {
        nack(chip);
    }
}

static void rom(struct chip *chip)
{
    if (chip->in_sync) {
        rom_command(chip);
    } else if (get(chip, -1) == 0x7F) {
        chip->in_sync = ack(chip, "sync");
    }
}

static bool hears(const struct chip *chip)
{
    static const struct {
        unsigned baud;
        speed_t speed;
    } speeds[] = {{9600, B9600}, {57600, B57600}, {115200, B115200}};
    struct termios line;

    tcgetattr(chip->other_end, &line);
    for (size_t i = 0; i < sizeof speeds / sizeof *speeds; i++) {
        if (speeds[i].baud == chip->ask_baud) {
            return cfgetispeed(&line) == speeds[i].speed;
        }
    }
    return chip->ask_baud == 0;
}

// What came during the reset is lost.
static void start_rom(struct chip *chip)
{
    tcflush(chip->line, TCIOFLUSH);
    usleep(chip->late * 1000);
    chip->in_rom = true;
}

// Hears nothing that it knows until somebody presses a button.
static void await_button(struct chip *chip)
{
    usleep(chip->button * 1000);
    fprintf(chip->log, "button\n");
    chip->button = 0;
    start_rom(chip);
}

// Prints, and listens for the text that it shall enter its ROM for.
static void application(struct chip *chip)
{
    size_t matched = 0;

    while (!chip->in_rom) {
        int byte = get(chip, chip->chatter ? 10 : -1);
        if (byte == NOTHING) {
            put(chip, chip->chatter, strlen(chip->chatter));
            continue;
        }
        matched = hears(chip) && chip->ask && byte == (uint8_t)chip->ask[matched] ? matched + 1 : 0;
        if (matched == 0 || chip->ask[matched]) {
            continue;
        }
        fprintf(chip->log, "asked\n");
        put(chip, "entering\r\n", 10);
        usleep(250000);
        start_rom(chip);
    }
}

void play(struct chip *chip)
{
    if (chip->stuck) {
        for (int i = 0; i < 258; i++) {
            get(chip, -1);
        }
    }
    if (chip->stuck) {
        nack(chip);
    }
    chip->in_sync = chip->stuck;
    for (;;) {
        if (chip->greet) {
            get(chip, -1);
            put_byte(chip, (uint8_t)chip->greet);
        } else if (chip->mute) {
            get(chip, -1);
        } else if (chip->in_rom) {
            rom(chip);
        } else if (chip->button) {
            await_button(chip);
        } else {
            application(chip);
        }
    }
}
