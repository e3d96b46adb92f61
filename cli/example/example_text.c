// example_text.c: what each word of a template means for a board.
// SPDX-License-Identifier: MIT
#include "example_text.h"

#include "words.h"

#include <inttypes.h>
#include <string.h>

enum { WORD_BYTES = 24, LOOKS_PER_SECOND = 50 };

static void put_word(FILE *out, uint32_t value)
{
    fprintf(out, "0x%08" PRIX32 "u", value);
}

static void put_pin(FILE *out, const struct example_pin *pin)
{
    put_word(out, pin->port ? pin->port->start : 0);
    fprintf(out, ", %uu", pin->number);
}

static void put_bits(FILE *out, uint32_t address, uint32_t bits)
{
    if (address) {
        fprintf(out, " \\\n    {0x%08" PRIX32 "u, 0x%08" PRIX32 "u},", address, bits);
    }
}

// Clocks first: what has none keeps no bit.
static void put_set_up(FILE *out, const struct example_board *board)
{
    const struct example_pin *const pins[] = {&board->tx, &board->rx, &board->led};
    const struct rom_usart *usart = board->pins;

    for (size_t i = 0; i < sizeof pins / sizeof *pins; i++) {
        if (pins[i]->port && (i == 0 || pins[i]->port != pins[i - 1]->port)) {
            put_bits(out, pins[i]->port->clock_register, pins[i]->port->clock_mask);
        }
    }
    put_bits(out, board->usart->clock_register, board->usart->clock_mask);
    put_bits(out, usart->remap.clock_register, usart->remap.clock_mask);
    put_bits(out, usart->remap.address, usart->remap.set);
}

// RAM up to the mark: the stack is then in RAM that the smallest part of the line has, and the
// reset handler does not write over the mark.
static struct region ram_of(const struct device *device)
{
    struct region found = device->rams->region;

    for (const struct ram *ram = device->rams; ram->region.size && !device->mark_in_backup; ram++) {
        if (device->mark - ram->region.start < ram->region.size) {
            found = ram->region;
            found.size = device->mark - found.start;
        }
    }
    return found;
}

static bool put_of_device(FILE *out, const char *word, const struct device *device)
{
    if (strcmp(word, "SLUG") == 0) {
        fputs(device->slug, out);
    } else if (strcmp(word, "NAME") == 0) {
        fputs(device->name, out);
    } else if (strcmp(word, "CPU") == 0) {
        fputs(words_core(device->core), out);
    } else if (strcmp(word, "FLASH") == 0) {
        fprintf(out, "0x%08" PRIX32, device->flash.start);
    } else if (strcmp(word, "RAM") == 0) {
        fprintf(out, "0x%08" PRIX32, ram_of(device).start);
    } else if (strcmp(word, "RAM_BYTES") == 0) {
        fprintf(out, "%" PRIu32, ram_of(device).size);
    } else if (strcmp(word, "IDCODE") == 0) {
        put_word(out, device->debug_id_register);
    } else if (strcmp(word, "ROM_ID") == 0) {
        put_word(out, device->rom_id_address);
    } else if (strcmp(word, "UID") == 0) {
        put_word(out, device->uid);
    } else if (strcmp(word, "UID_LAST") == 0) {
        put_word(out, device->uid_last);
    } else if (strcmp(word, "HZ") == 0) {
        fprintf(out, "%" PRIu32, device->reset_hz);
    } else {
        return false;
    }
    return true;
}

static bool put_of_usart(FILE *out, const char *word, const struct example_board *board)
{
    const struct rom_usart *usart = board->pins;

    if (strcmp(word, "USART") == 0) {
        put_word(out, board->usart->start);
    } else if (strcmp(word, "USART_NAME") == 0) {
        fprintf(out, "%s:%s", usart->name, usart->tx);
    } else if (strcmp(word, "USART_HEADER") == 0) {
        fputs(board->usart->block == BLOCK_USART_SR ? "usart_sr.h" : "usart_isr.h", out);
    } else if (strcmp(word, "TX") == 0) {
        fputs(usart->tx, out);
    } else if (strcmp(word, "RX") == 0) {
        fputs(usart->rx, out);
    } else if (strcmp(word, "TX_FUNCTION") == 0) {
        fprintf(out, "%u", usart->functions[0]);
    } else if (strcmp(word, "RX_FUNCTION") == 0) {
        fprintf(out, "%u", usart->functions[1]);
    } else if (strcmp(word, "REMAP_NOTE") == 0) {
        fputs(usart->remap.address ? "; then what brings it to these pins" : "", out);
    } else {
        return false;
    }
    return true;
}

static bool put_of_board(FILE *out, const char *word, const struct example_board *board)
{
    if (strcmp(word, "PART") == 0) {
        fputs(board->part, out);
    } else if (strcmp(word, "PORT_HEADER") == 0) {
        fputs(board->tx.port->block == BLOCK_GPIO_CRL ? "port_crl.h" : "port_moder.h", out);
    } else if (strcmp(word, "TX_PIN") == 0) {
        put_pin(out, &board->tx);
    } else if (strcmp(word, "RX_PIN") == 0) {
        put_pin(out, &board->rx);
    } else if (strcmp(word, "LED") == 0) {
        put_pin(out, &board->led);
    } else if (strcmp(word, "BLINK") == 0) {
        fprintf(out, "%" PRIu32 "u", board->device->reset_hz / LOOKS_PER_SECOND);
    } else if (strcmp(word, "SET_UP") == 0) {
        put_set_up(out, board);
    } else {
        return put_of_device(out, word, board->device) || put_of_usart(out, word, board);
    }
    return true;
}

// The word between this @ and the next one, if there is one.
static bool word_at(const struct example_file *file, size_t at, char word[WORD_BYTES])
{
    size_t length = 0;

    while (at + 1 + length < file->size && length + 1 < WORD_BYTES) {
        char letter = (char)file->bytes[at + 1 + length];
        if (letter == '@') {
            word[length] = '\0';
            return length > 0;
        }
        word[length++] = letter;
    }
    return false;
}

void example_text_write(FILE *out, const struct example_file *file,
                        const struct example_board *board, const char *version)
{
    char word[WORD_BYTES];

    for (size_t i = 0; i < file->size; i++) {
        bool found = file->is_template && file->bytes[i] == '@' && word_at(file, i, word);
        if (found && strcmp(word, "VERSION") == 0) {
            fputs(version, out);
        } else if (!found || !put_of_board(out, word, board)) {
            putc(file->bytes[i], out);
            continue;
        }
        i += strlen(word) + 1;
    }
}
