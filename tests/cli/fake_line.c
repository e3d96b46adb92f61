// fake_line.c: the pty of fake_rom, and the one fault that may happen on it.
// SPDX-License-Identifier: MIT
#include "fake_rom.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static volatile sig_atomic_t stop;

static void on_signal(int number)
{
    (void)number;
    stop = 1;
}

// Once the pty is closed its name may be that of another test's. Somebody else may have put another
// link there.
static void remove_link(const struct chip *chip)
{
    char target[64] = "";

    if (readlink(chip->link, target, sizeof target - 1) > 0 &&
        strcmp(target, ptsname(chip->line)) == 0) {
        unlink(chip->link);
    }
}

void finish(struct chip *chip)
{
    FILE *file = chip->dump ? fopen(chip->dump, "wb") : NULL;

    if (file) {
        fwrite(chip->flash, 1, chip->flash_size, file);
        fclose(file);
    }
    if (chip->log) {
        fclose(chip->log);
    }
    free(chip->flash);
    remove_link(chip);
    exit(0);
}

void put(struct chip *chip, const void *bytes, size_t size)
{
    if (write(chip->line, bytes, size) != (ssize_t)size) {
        finish(chip);
    }
}

void put_byte(struct chip *chip, uint8_t byte)
{
    put(chip, &byte, 1);
}

int get(struct chip *chip, int wait_ms)
{
    struct pollfd line = {.fd = chip->line, .events = POLLIN};
    uint8_t byte;

    while (!stop) {
        int ready = poll(&line, 1, wait_ms < 0 || wait_ms > 100 ? 100 : wait_ms);
        if (ready > 0 && read(chip->line, &byte, 1) == 1) {
            return byte;
        }
        if (ready == 0 && wait_ms >= 0 && (wait_ms -= 100) <= 0) {
            return NOTHING;
        }
    }
    finish(chip);
}

void close_line(struct chip *chip)
{
    close(chip->other_end);
    finish(chip);
}

bool due(struct chip *chip, const char *step)
{
    if (strcmp(step, chip->fault_step) != 0) {
        return false;
    }
    return ++chip->fault_seen >= chip->fault_at; // and from then on
}

bool fault_is(const struct chip *chip, const char *name)
{
    return strcmp(chip->fault_kind, name) == 0;
}

bool ack(struct chip *chip, const char *step)
{
    if (!due(chip, step)) {
        put_byte(chip, 0x79);
        return true;
    }
    if (fault_is(chip, "nack")) {
        put_byte(chip, 0x1F);
    } else if (fault_is(chip, "wrong")) {
        put_byte(chip, 0x41);
    } else if (fault_is(chip, "close")) {
        close_line(chip);
    } else {
        chip->mute = true;
    }
    return false;
}

bool put_data(struct chip *chip, const char *step, uint8_t *bytes, size_t size)
{
    if (due(chip, step)) {
        if (fault_is(chip, "wrong")) {
            bytes[0] ^= 0x10;
        } else {
            put(chip, bytes, size / 2);
            if (fault_is(chip, "close")) {
                close_line(chip);
            }
            chip->mute = true;
            return false;
        }
    }
    put(chip, bytes, size);
    return true;
}

void line_open(struct chip *chip, const char *link)
{
    struct sigaction action = {.sa_handler = on_signal};
    struct termios raw;

    sigaction(SIGTERM, &action, NULL);
    chip->line = posix_openpt(O_RDWR | O_NOCTTY);
    if (chip->line < 0 || grantpt(chip->line) || unlockpt(chip->line)) {
        exit(2);
    }
    // Held open, so that the line does not hang up between two runs of the tool.
    chip->other_end = open(ptsname(chip->line), O_RDWR | O_NOCTTY);
    tcgetattr(chip->other_end, &raw);
    raw.c_iflag = raw.c_oflag = raw.c_lflag = 0;
    tcsetattr(chip->other_end, TCSANOW, &raw);
    chip->link = link;
    if (symlink(ptsname(chip->line), link) != 0) {
        exit(2);
    }
}
