#!/usr/bin/env bash
# clang-tidy.sh: clang-tidy has nothing to say about the host programs, see .clang-tidy.
# SPDX-License-Identifier: MIT
#
# clang-tidy.sh BUILD: a build folder with compile_commands.json
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build=$1 status=0

output=$(run-clang-tidy -j 1 -quiet -p "$build" "^$PWD/(cli|common|sim)/(?!devices\.c)" 2>&1) ||
    status=$?
if ! grep -q '^clang-tidy' <<<"$output"; then
    echo "no file of $PWD was looked at: compile_commands.json in $build is of another folder"
    exit 1
fi
if [ "$status" -ne 0 ]; then
    # Without the command lines, and without how much was left out.
    grep -vE '^clang-tidy|warnings? generated|^Suppressed|^Use -header-filter' <<<"$output" | uniq
fi
exit "$status"
