#!/usr/bin/env bash
# clang-tidy.sh: clang-tidy has nothing to say about the host programs, see .clang-tidy.
# SPDX-License-Identifier: MIT
#
# clang-tidy.sh BUILD: a build folder with compile_commands.json
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build=$1

# What it prints beside findings: the command lines, and how much it left out.
if ! output=$(run-clang-tidy -j 2 -quiet -p "$build" \
    "^$PWD/(cli|common|sim)/(?!devices\.c)" 2>&1); then
    grep -vE '^clang-tidy|warnings generated|^Suppressed|^Use -header-filter' <<<"$output" | uniq
    exit 1
fi
