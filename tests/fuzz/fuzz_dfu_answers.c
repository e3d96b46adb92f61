// fuzz_dfu_answers.c: gives the tool any answers in place of a DFU device's.
// SPDX-License-Identifier: MIT
//
// The first byte chooses what the device is like, the second the size of its transfers; the rest
// are edits of its answers (tests/unit/fake_usb.h), on a clock of its own.
#include "fuzz.h"

#include "dfu_session.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 4096, HANG_MS = 600000 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const uint16_t sizes[] = {2048, 1024, 64, 1023, 4096, 8192, 1};
    struct dfu_session session;

    if (size < 2 || size > MOST_BYTES) {
        return 0;
    }
    fake_usb_reset();
    fake.length_counts = bytes[0] & 1;
    fake.erase_moves = bytes[0] & 2;
    fake.sticks = bytes[0] & 4;
    fake.clear_breaks = bytes[0] & 8;
    fake.is_protected = bytes[0] & 16;
    fake.refuses_second = bytes[0] & 32;
    fake.early_stalls = bytes[0] >> 6;
    fake.transfer_bytes = sizes[bytes[1] % (sizeof sizes / sizeof *sizes)];
    fake.edits = bytes + 2;
    fake.edit_size = size - 2;
    int error = dfu_session_run(&session);
    bool told =
        error >= EXIT_DONE && error <= EXIT_VERIFY &&
        (error == EXIT_DONE || (session.problem.what[0] && !strchr(session.problem.what, '\n')));
    if (!told || fake.now > HANG_MS) {
        abort();
    }
    return 0;
}
