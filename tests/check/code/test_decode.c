// test_decode.c: what encodings of Thumb mean.
// SPDX-License-Identifier: MIT
#include "decode.h"
#include "decode_rows.h"
#include "instruction_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static bool is_as_written(const struct decode_row *row, const struct instruction *instruction)
{
    char text[INSTRUCTION_TEXT];

    instruction_text(instruction, text);
    if (strcmp(text, row->text) == 0) {
        return true;
    }
    fprintf(stderr, "%s: %s, not %s\n", row->assembly, text, row->text);
    return false;
}

static void each_encoding_is_read(void **state)
{
    size_t wrong = 0;
    (void)state;

    for (size_t i = 0; i < decode_row_count; i++) {
        const struct decode_row *row = &decode_rows[i];
        struct instruction instruction;
        decode(&instruction, DECODE_PLACE, row->first, row->second);
        wrong += !is_as_written(row, &instruction);
        assert_int_equal(instruction.address, DECODE_PLACE);
        assert_int_equal(instruction.size, row->first >= 0xE800 ? 4 : 2);
        assert_int_equal(instruction.is_memory, instruction.operation >= OP_LOAD &&
                                                    instruction.operation <= OP_STACK_FLOATS);
    }
    assert_int_equal(wrong, 0);
}

// Whatever the bytes are, registers are numbers of registers, and nothing is read outside of
// tables.
static void any_bytes_are_an_instruction(void **state)
{
    struct instruction instruction;
    char text[INSTRUCTION_TEXT];
    (void)state;

    for (unsigned first = 0; first <= 0xFFFF; first++) {
        for (unsigned i = 0; i < (first < 0xE800 ? 1 : 64); i++) {
            decode(&instruction, DECODE_PLACE, first, (first * 0x9E37u + i * 0x79B9u) & 0xFFFF);
            assert_true(instruction.d < 16 || instruction.d == NO_REGISTER);
            assert_true(instruction.a < 16 || instruction.a == NO_REGISTER);
            assert_true(instruction.shift_by <= 32 && instruction.first + instruction.width <= 32);
            assert_int_equal(instruction.writes & 1u << REGISTER_PC, 0);
            instruction_text(&instruction, text);
            assert_true(strlen(text) < sizeof text);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_encoding_is_read),
        cmocka_unit_test(any_bytes_are_an_instruction),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
