#!/usr/bin/env bash
# in_gnu_words.sh: an assembly file of IAR's, with its directives as GNU's assembler has them. For tests.
# SPDX-License-Identifier: MIT
#
# in_gnu_words.sh FILE >OUT   A line that it does not know stays, and GNU's assembler refuses it. sfe(CSTACK),
# the end of the stack, is the symbol stack_top.
set -euo pipefail
echo '        .syntax unified'
tr -d '\r' <"$1" | sed -E 's/;.*//; s/ +$//
    s/^ +SECTION +CSTACK:DATA:.*//
    s/^ +SECTION +\.intvec:CODE:.*/        .section .vectors, "ax", %progbits\n        .balign 4/
    s/^ +SECTION +(\.[a-z]+):CODE:.*\(([0-9])\)$/        .section \1, "ax", %progbits\n        .p2align \2/
    s/^ +PUBLIC +(\w+)$/        .global \1\n        .type \1, %function/
    s/^ +PUBWEAK +(\w+)$/        .weak \1\n        .type \1, %function/
    s/^ +THUMB$/        .thumb/
    s/^ +ALIGNROM +([0-9])$/        .p2align \1/
    s/^ +(DC32|DCD) +/        .word /; s/sfe\(CSTACK\)/stack_top/
    s/^(\w+):?$/\1:/
    s/^ +(DATA|END|MODULE .*|EXTERN .*)$//'
