#!/usr/bin/env bash
# cppcheck.sh: cppcheck has nothing to say about the host programs.
# SPDX-License-Identifier: MIT
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# unknownMacro: the loops of jansson and the tables of cmocka are macros that it does not see.
cppcheck --enable=warning,performance,portability --error-exitcode=1 --quiet -j 2 --std=c11 \
    --inline-suppr --library=posix --suppress=unknownMacro -Icommon check cli common sim
