#!/usr/bin/env bash
# format.sh: hand-written C is laid out as .clang-format says.
# SPDX-License-Identifier: MIT
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# board.h: a macro that is a list in braces is torn apart by clang-format 14.
python3 -B tests/lint/list.py .c .h | grep -v '/board\.h$' | xargs clang-format --dry-run -Werror
