// run_flash.c: from the options of a run to the flash of its chip.
// SPDX-License-Identifier: MIT
#include "run_flash.h"

#include "option_area.h"

#include <string.h>

enum { KB = 1024, SIZE_BYTES = 2, WORD_BYTES = 4 };

static int put_words(struct run *run, struct problem *problem)
{
    const struct scenario *scenario = run->scenario;

    for (size_t i = 0; i < scenario->option_word_count; i++) {
        const struct scenario_poke *word = &scenario->option_words[i];
        if (!option_area_put(&run->option_area, &run->row, word->address, word->value)) {
            return problem_set(problem, EXIT_USAGE,
                               "an address that its page in docs/devices lists under Read Memory",
                               "--option-word 0x%08X: %s has no option bytes there that its ROM is "
                               "known to show",
                               (unsigned)word->address, run->row.slug);
        }
    }
    return 0;
}

int run_size_flash(struct run *run, struct problem *problem)
{
    const struct scenario *scenario = run->scenario;
    struct device *row = &run->row;
    unsigned kb = scenario->flash_kb ? scenario->flash_kb : row->flash.size / KB;
    bool sure;

    if (!flash_state_kb_is_plausible(row, kb)) {
        return problem_set(problem, EXIT_USAGE, "the size of a part of the line",
                           "--flash-size %u: no %s has so many KB", kb, row->slug);
    }
    option_area_fill(&run->option_area, row, kb);
    int error = put_words(run, problem);
    if (error) {
        return error;
    }
    const struct chip_layout *layout = flash_state_layout(&run->option_area, row, kb, &sure);
    row->flash.size = layout ? layout->size : kb * KB;
    row->pages = layout ? layout->pages : row->pages;
    if (scenario->has_size_register) {
        option_area_put_size(&run->option_area, row, scenario->size_register);
    }
    return 0;
}

static void show_unique_id(struct run *run)
{
    const struct scenario *scenario = run->scenario;
    uint32_t address = run->row.uid;
    uint8_t *place = address ? memory_at(&run->chip.memory, address, WORD_BYTES) : NULL;

    for (int i = 0; place && scenario->has_unique_id && i < WORD_BYTES; i++) {
        place[i] = (uint8_t)(scenario->unique_id >> 8 * i);
    }
}

void run_show_flash(struct run *run)
{
    uint32_t address = run->row.flash_size_register;
    uint8_t *place = address ? memory_at(&run->chip.memory, address, SIZE_BYTES) : NULL;

    run->chip.option_area = run->option_area;
    const uint8_t *size = option_area_at(&run->chip, address, SIZE_BYTES);
    if (place && size) {
        memcpy(place, size, SIZE_BYTES);
    }
    show_unique_id(run);
}
