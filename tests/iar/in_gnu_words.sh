#!/usr/bin/env bash
# in_gnu_words.sh: an assembly file of IAR's, with its directives as GNU's assembler has them. For tests.
# SPDX-License-Identifier: MIT
#
# in_gnu_words.sh FILE >OUT   A line that it does not know stays, and GNU's assembler refuses it.
set -euo pipefail
echo '        .syntax unified'
sed -E 's/;.*//
    s/^ +SECTION +(\.[a-z]+):CODE:(NO)?ROOT\(2\)$/        .section \1, "ax", %progbits\n        .balign 4/
    s/^ +PUBLIC +(\w+)$/        .global \1\n        .type \1, %function/
    s/^ +EXTERN +\w+$//
    s/^ +THUMB$/        .thumb/
    s/^ +ALIGNROM +2$/        .balign 4/
    s/^ +DATA$//
    s/^ +DC32 +/        .word /
    s/^ +END$//' "$1"
