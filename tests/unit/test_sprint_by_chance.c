// test_sprint_by_chance.c: programs by chance do by whole blocks what they do by instruction.
// SPDX-License-Identifier: MIT
#include "trial.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { ROUNDS = 60, SHORTEST = 4, SPAN = 40, LONGEST = 64, LONG_ENOUGH = 9000 };

static uint32_t chance(uint32_t *state)
{
    *state ^= *state << 13; // xorshift
    *state ^= *state >> 17;
    return *state ^= *state << 5;
}

// A piece of a program by chance: it computes in R0 to R3, loads and stores near R7, jumps over an
// instruction, has an IT block, or asks the register at R6.
static size_t make_piece(uint16_t *code, uint32_t bits, bool has_it)
{
    uint32_t a = bits & 3u, b = bits >> 2 & 3u, c = bits >> 4 & 3u;
    uint16_t near = (uint16_t)(7 << 3 | a | (bits >> 12 & 7u) << 6); // rA,[r7,#0..28]
    uint16_t adds = (uint16_t)(0x1800 | c << 6 | b << 3 | a);        // rA,rB,rC

    switch (bits >> 8 & 15u) {
    case 0: // str, seldom
        code[0] = bits >> 16 & 7u ? adds : (uint16_t)(0x6000 | near);
        return 1;
    case 1:
    case 2: // ldr
        code[0] = (uint16_t)(0x6800 | near);
        return 1;
    case 3: // bcond over one
        code[0] = (uint16_t)(0xD000 | (bits >> 12) % 14 << 8);
        code[1] = adds;
        return 2;
    case 4: // cbz rA over one; Armv6-M does not have it
        code[0] = has_it ? (uint16_t)(0xB100 | a) : 0xBF00;
        code[1] = adds;
        return 2;
    case 5: // ldr rA,[r6], seldom
        code[0] = bits >> 12 & 7u ? 0xBF00 : (uint16_t)(0x6830 | a);
        return 1;
    case 6: // bl to the next instruction
        code[0] = 0xF000;
        code[1] = 0xF800;
        return 2;
    case 7: // it cond; addcond rA,#n, seldom
        code[0] =
            has_it && !(bits >> 16 & 7u) ? (uint16_t)(0xBF08 | (bits >> 12) % 14 << 4) : 0xBF00;
        code[1] = (uint16_t)(0x3000 | a << 8 | (bits >> 20 & 0xFFu));
        return 2;
    default:
        code[0] =
            bits >> 12 & 1u ? adds : (uint16_t)(0x4000 | (bits >> 13 & 15u) << 6 | b << 3 | a);
        return 1;
    }
}

// A loop without end, of about this length.
static size_t make_program(uint16_t *code, size_t length, bool has_it, uint32_t *seed)
{
    size_t at = 0;

    while (at < length) {
        at += make_piece(code + at, chance(seed), has_it);
    }
    code[at] = (uint16_t)(0xE000 | ((0x800 - at - 2) & 0x7FF));
    return at + 1;
}

// The register at R6 is SysTick's value: what is read there tells the time to the instruction.
// Runs one program in each way, and adds up how often the main loop could look.
static void try(const char *slug, uint32_t *seed, unsigned looks[WAYS])
{
    bool has_it = device_find(slug)->core != CORE_M0PLUS;
    uint16_t code[LONGEST];
    size_t length = make_program(code, SHORTEST + chance(seed) % SPAN, has_it, seed);
    struct trial trials[WAYS];

    for (int way = 0; way < WAYS; way++) {
        struct trial *trial = &trials[way];
        trial_begin(trial, slug, (enum way)way, code, length);
        cpu_set(trial->bench.chip.core.cpu, CPU_R6, TRIAL_SYST_CSR + 8);
        assert_true(trial_run(trial, LONG_ENOUGH));
        looks[way] += trial->looks;
    }
    trial_compare(&trials[BY_INSTRUCTION], &trials[BY_BLOCK]);
    trial_compare(&trials[BY_INSTRUCTION], &trials[WITH_SKIPPING]);
    for (int way = 0; way < WAYS; way++) {
        trial_end(&trials[way]);
    }
}

static void programs_by_chance_do_the_same(void **state)
{
    uint32_t seed = 12345;
    unsigned looks[WAYS] = {0};
    (void)state;

    for (size_t round = 0; round < ROUNDS; round++) {
        try(trial_slugs[round % TRIAL_SLUGS], &seed, looks);
    }
    assert_int_equal(looks[BY_INSTRUCTION], 4 * ROUNDS);      // at 0, 4096, 8192 and 12288
    assert_in_range(looks[BY_BLOCK], ROUNDS, 5 * ROUNDS / 2); // a good part of it ran by blocks
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(programs_by_chance_do_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
