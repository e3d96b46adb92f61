// power.c: power fails in the middle of each flash operation of an update; what is there then.
// SPDX-License-Identifier: MIT
//
// How far an erase comes when its power fails nobody knows, in silicon; no order of commands helps
// against an old first unit that survives half an erase of its page.
//
// usage: power_campaign [OPTION...] [--all | ROW...]    stage.h has the options
// The chip holds an older application; `bootleap flash` puts the image over it, and the power fails
// in the middle of each operation in turn (an erase erases half a page, a programmed unit half of
// itself), or of every Nth. Then either the first unit of flash is erased, or only half written
// with all else in its place, or the whole image is there; and `flash` again ends right. Exit code
// 1 otherwise.
#include "session.h"
#include "stage.h"
#include "tally.h"

#include <string.h>

// What a row's cuts came to.
struct sum {
    unsigned cuts, erased, torn, whole, mixed;
    unsigned again_right, again_silent, outside, options;
    uint64_t longest_us;
    struct tally messages, again_messages;
};

enum state { STATE_ERASED, STATE_TORN, STATE_WHOLE, STATE_MIXED };

static bool all(const uint8_t *bytes, size_t size, uint8_t value)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != value) {
            return false;
        }
    }
    return true;
}

// Whether everything of the image behind its first unit is there.
static bool rest_is_whole(const struct bench *bench)
{
    const struct session_image *image = &bench->image;
    uint32_t unit = bench->device->program_bytes;

    for (int piece = 0; piece < SESSION_PIECES; piece++) {
        uint32_t skip = piece ? 0 : unit;
        const uint8_t *is = second_rom_flash(bench->rom, image->start[piece], image->size[piece]);
        if (memcmp(is + skip, image->bytes[piece] + skip, image->size[piece] - skip) != 0) {
            return false;
        }
    }
    return true;
}

static enum state state_of(const struct bench *bench)
{
    uint32_t unit = bench->device->program_bytes;
    const uint8_t *first = second_rom_flash(bench->rom, bench->image.start[0], unit);

    if (all(first, unit, bench->device->erased)) {
        return STATE_ERASED;
    }
    if (!rest_is_whole(bench)) {
        return STATE_MIXED;
    }
    return memcmp(first, bench->image.bytes[0], unit) == 0 ? STATE_WHOLE : STATE_TORN;
}

static void note_state(const struct stage *stage, const struct bench *bench, unsigned at,
                       struct sum *sum)
{
    enum state state = state_of(bench);

    sum->cuts++;
    sum->erased += state == STATE_ERASED;
    sum->torn += state == STATE_TORN;
    sum->whole += state == STATE_WHOLE;
    sum->mixed += state == STATE_MIXED;
    if (state == STATE_MIXED) {
        fprintf(stage->report, "  MIXED: power fails in operation %u\n", at);
    }
}

static void note_longest(const struct session_end *end, struct sum *sum)
{
    if (end->line.longest_us > sum->longest_us) {
        sum->longest_us = end->line.longest_us;
    }
}

static void run_again(struct bench *bench, struct sum *sum)
{
    struct session_end end;

    second_rom_power_on(bench->rom);
    session_flash_image(bench, NULL, &end);
    sum->again_right += end.code == 0 && end.whole && end.started;
    sum->again_silent += end.code == 0 && !(end.whole && end.started);
    if (end.code) {
        tally_add(&sum->again_messages, end.problem.what);
    }
    note_longest(&end, sum);
    sum->outside += end.outside;
    sum->options += end.options;
}

// False when the update ended before this operation.
static bool cut_at(const struct stage *stage, struct bench *bench, unsigned at, struct sum *sum)
{
    struct session_end end;

    bench_renew(bench);
    second_rom_cut_power_after(bench->rom, at);
    session_flash_image(bench, NULL, &end);
    if (second_rom_has_power(bench->rom)) {
        return false;
    }
    if (end.code) {
        tally_add(&sum->messages, end.problem.what);
    }
    note_longest(&end, sum);
    note_state(stage, bench, at, sum);
    run_again(bench, sum);
    return true;
}

// How a chip of this row starts whose first unit is erased.
static const char *start_of(const struct device *device)
{
    static const char *const texts[] = {
        [EMPTY_CHECK_NONE] = "its ROM by BOOT0 only",
        [EMPTY_CHECK_FLAG] = "its ROM by itself at power-on",
        [EMPTY_CHECK_FIRST_WORD] = "its ROM by itself at power-on",
    };

    return texts[device->empty_check];
}

static int run_row(struct stage *stage, const char *row)
{
    static struct sum sum;
    struct bench bench;

    if (!bench_open(&bench, row, stage->folder, stage->errors)) {
        fprintf(stage->report, "%s: no such row\n", row);
        return 1;
    }
    sum = (struct sum){.cuts = 0};
    for (unsigned at = 1; cut_at(stage, &bench, at, &sum); at += stage->every) {
        ;
    }
    fprintf(stage->report,
            "%s: %u cuts: first unit erased %u (starts %s), half written %u, whole image %u, "
            "mixture %u\n",
            row, sum.cuts, sum.erased, start_of(bench.device), sum.torn, sum.whole, sum.mixed);
    tally_print(&sum.messages, stage->report, "  ");
    fprintf(stage->report, "  run again: right %u, silent %u, elsewhere %u bytes, options %u\n",
            sum.again_right, sum.again_silent, sum.outside, sum.options);
    tally_print(&sum.again_messages, stage->report, "  ");
    bench_close(&bench);
    stage_add(stage, &(struct stage_sum){.cases = sum.cuts,
                                         .right = sum.again_right,
                                         .silent = sum.mixed + sum.again_silent,
                                         .outside = sum.outside,
                                         .options = sum.options,
                                         .longest_us = sum.longest_us});
    return sum.cuts == 0 || sum.mixed || sum.outside || sum.options || sum.again_right < sum.cuts;
}

int main(int argc, char **argv)
{
    return stage_main(argc, argv, run_row);
}
