// fake_main.c: plays one chip on a pty, its ROM and its application, with one fault on demand.
// SPDX-License-Identifier: MIT
//
// It runs until SIGTERM or until its fault closes the line, and then writes the flash to a file.
//
//   fake_rom LINK [KEY=VALUE]...
//     product=0x467 id=0x92 id-at=0x1FFF9FFE  what Get ID and the version byte say
//     pages=128x2048@0,128x2048@256  flash: COUNTxSIZE@FIRST-NUMBER, from 0x08000000 on
//     unit=8            a write that is not aligned to this is refused
//     erase=0x44        the erase command that it has, 0: none
//     bank2=256         erasing several pages with numbers from this one on stops after the first
//     protected=1       readout protection: only Get and Get ID work
//     read-breaks=1     after a read among writes, blocks are written wrong (as STM32H723 does)
//     ask=b             the application runs first and enters the ROM when it receives this
//     ask-baud=9600     the application hears nothing at another rate
//     banner=TEXT       the application prints this line when it starts
//     chatter=TEXT      and this one, again and again
//     button=600        somebody presses BOOT0 and reset after so many milliseconds
//     late=150          milliseconds that the ROM takes to look at what it has received
//     stuck=1           ROM in sync, in the middle of a write of 256 bytes
//     id12=1            a G0's unique id can be read, which is another one for each number
//     mute=1            answers nothing at all
//     greet=0x41        answers every byte with this one
//     fault=KIND@STEP[:N]  nack, silence, wrong or close, from the N-th STEP on (see calls of ack)
//     dump=FILE log=FILE
#include "fake_rom.h"

#include <stdlib.h>
#include <string.h>

static void set_pages(struct chip *chip, const char *text)
{
    struct run *run = chip->runs;
    int length;

    while (run < chip->runs + RUNS - 1 &&
           sscanf(text, "%ux%u@%u%n", &run->count, &run->size, &run->first, &length) == 3) {
        run->start = chip->flash_size;
        chip->flash_size += run->count * run->size;
        text += length + (text[length] == ',');
        run++;
    }
    if (*text || chip->flash_size > FLASH_MAX) {
        exit(2);
    }
}

static unsigned value(const char *text)
{
    return (unsigned)strtoul(text, NULL, 0);
}

// Keys that are more than a number, a flag or a text.
static void set_other(struct chip *chip, const char *key, const char *text)
{
    if (strcmp(key, "pages") == 0) {
        set_pages(chip, text);
    } else if (strcmp(key, "button") == 0) {
        chip->button = value(text);
    } else if (strcmp(key, "log") == 0) {
        chip->log = fopen(text, "w");
    } else if (strcmp(key, "fault") != 0 || sscanf(text, "%15[^@]@%31[^:]:%u", chip->fault_kind,
                                                   chip->fault_step, &chip->fault_at) < 2) {
        exit(2);
    }
}

static void set(struct chip *chip, const char *key, const char *text)
{
    const struct {
        const char *key;
        unsigned *number;
        bool *flag;
        const char **text;
    } keys[] = {
        {"product", &chip->product, NULL, NULL},   {"id", &chip->id, NULL, NULL},
        {"id-at", &chip->id_at, NULL, NULL},       {"unit", &chip->unit, NULL, NULL},
        {"erase", &chip->erase, NULL, NULL},       {"bank2", &chip->bank2, NULL, NULL},
        {"ask-baud", &chip->ask_baud, NULL, NULL}, {"greet", &chip->greet, NULL, NULL},
        {"protected", NULL, &chip->guarded, NULL}, {"read-breaks", NULL, &chip->read_breaks, NULL},
        {"late", &chip->late, NULL, NULL},         {"stuck", NULL, &chip->stuck, NULL},
        {"id12", &chip->id12, NULL, NULL},         {"mute", NULL, &chip->mute, NULL},
        {"ask", NULL, NULL, &chip->ask},           {"banner", NULL, NULL, &chip->banner},
        {"chatter", NULL, NULL, &chip->chatter},   {"dump", NULL, NULL, &chip->dump},
    };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(key, keys[i].key) != 0) {
            continue;
        }
        if (keys[i].number) {
            *keys[i].number = value(text);
        } else if (keys[i].flag) {
            *keys[i].flag = value(text) != 0;
        } else {
            *keys[i].text = text;
        }
        return;
    }
    set_other(chip, key, text);
}

int main(int argc, char **argv)
{
    struct chip chip = {.unit = 4, .erase = 0x44, .fault_at = 1};

    for (int i = 2; i < argc; i++) {
        char *equals = strchr(argv[i], '=');
        if (equals == NULL) {
            return 2;
        }
        *equals = '\0';
        set(&chip, argv[i], equals + 1);
    }
    if (argc < 2 || chip.log == NULL) {
        return 2;
    }
    // Not the erased value: what was not erased and written must stand out.
    chip.flash = malloc(FLASH_MAX);
    if (chip.flash == NULL) {
        return 2;
    }
    memset(chip.flash, 0xA5, FLASH_MAX);
    chip.in_rom = chip.ask == NULL && chip.chatter == NULL && chip.button == 0;
    setvbuf(chip.log, NULL, _IOLBF, 0);
    line_open(&chip, argv[1]);
    play(&chip);
}
