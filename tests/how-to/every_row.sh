#!/usr/bin/env bash
# every_row.sh: with the mark in backup registers each row that has them enters and comes back.
# SPDX-License-Identifier: MIT
#
# every_row.sh SIM COMPILER: gcc or clang. The firmware is the matrix's; a row whose ROM looks at flash
# is built with the leave to erase. What the simulator cannot run is counted apart.
set -euo pipefail
sim=$(realpath "$1") compiler=$2
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
command=(arm-none-eabi-gcc)
[ "$compiler" = gcc ] || command=(clang --target=arm-none-eabi -fuse-ld=lld)
holds='.exit_code == 0 and (.handoffs | length) >= 1 and .end.why == "arrived"
    and ([.handoffs[].contract[], .checks[] | select(.ok | not)] | length) == 0
    and .on_reset[-1].returned == 1'
rows=0 without=0 status=0
while read -r slug part core flash_start stack_top mechanism; do
    flags=(-mcpu="$core" -mthumb -ffreestanding -Os -std=c11 "-D$part" -DBOOTLEAP_MARK_IN_BACKUP)
    [ "$mechanism" = reset ] || continue # virtual chips have no flash that can be erased on the way
    mark=$("${command[@]}" "${flags[@]}" -E -dM -include src/bootleap_devices.h -x c /dev/null \
        2>/dev/null | awk '$2 == "BOOTLEAP_MARK" {sub("u$", "", $3); print $3}') || mark=
    if [ -z "$mark" ]; then
        without=$((without + 1))
        continue
    fi
    "${command[@]}" "${flags[@]}" -Isrc tests/matrix/firmware.c src/bootleap.c \
        src/bootleap_probe.c src/bootleap_jump.c -nostdlib -Ttests/matrix/firmware.ld \
        "-Wl,--defsym=flash_start=$flash_start" "-Wl,--defsym=stack_top=$stack_top" \
        -o "$work/$slug.elf"
    rows=$((rows + 1))
    # A host's Go: the ROM starts the application, a reset follows, and it knows.
    code=0
    result=$("$sim" run "$work/$slug.elf" --device "$slug" --mark "$mark" --json \
        --enter-at application --until application --host go) || code=$?
    if ! jq -e --argjson code "$code" ". + {exit_code: \$code} | $holds" <<<"$result" >/dev/null; then
        printf '%s, mark at %s: exit code %s\n' "$slug" "$mark" "$code"
        jq -c '[.end, [.handoffs[] | [.outcome, (.contract[] | select(.ok | not))]],
            [.checks[] | select(.ok | not)], .on_reset]' <<<"$result" || true
        status=1
    fi
done < <(python3 -B tools/gen_devices.py --builds)
echo "$compiler: $rows rows enter with the mark in backup registers, $without have none for it"
[ "$rows" -gt 40 ] || status=1
exit "$status"
