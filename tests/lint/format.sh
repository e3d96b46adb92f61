#!/usr/bin/env bash
# format.sh: hand-written C is laid out as .clang-format says.
# SPDX-License-Identifier: MIT
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
python3 -B tests/lint/list.py .c .h | xargs clang-format --dry-run -Werror
