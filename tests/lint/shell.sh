#!/usr/bin/env bash
# shell.sh: shellcheck has nothing to say about the scripts.
# SPDX-License-Identifier: MIT
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
{ python3 -B tests/lint/list.py .sh; ls script/* .ci/*; } | xargs shellcheck
