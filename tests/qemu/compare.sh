#!/usr/bin/env bash
# compare.sh: runs the same firmware on the simulator and on QEMU and compares the cores' states.
# SPDX-License-Identifier: MIT
#
# compare.sh SIM FOLDER                    every ELF in FOLDER/<core>: a table, a line for each
# compare.sh SIM FOLDER CORE NAME [WHAT]   one, both states side by side
#   FOLDER   build/qemu, which the preset firmware-gcc makes
#   NAME     library-STATE, bare-jump-STATE, stack-kept-STATE, mutant-NAME, instruction-NAME; or
#            two of them, A:B, for the simulator and for QEMU, which then should not agree
#   WHAT     how the core must be at the ROM's first instruction: clean, as the contract asks;
#            unclean, which both must say; any, if they say the same; differ, if they do not;
#            instruction, as cores.txt says. The default is what is right for NAME
#
# What an address is, is said in words, because both have their own: "word 0" is of the ROM's
# table, "top-16" is 16 bytes below the top of the application's stack.
set -euo pipefail
sim=$1 folder=$2
here=$(dirname "$0")
if ! command -v qemu-system-arm >/dev/null; then
    echo "qemu-system-arm is not installed: see script/setup"
    exit 1
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT

row() { # CORE: sets what cores.txt says of it
    read -r _ device machine _ rom _ _ instructions <<<"$(grep "^$1 " "$here/cores.txt")"
}

# VALUE WORD0 TOP: a stack pointer in words.
pointer() {
    if (($1 == $2)); then
        echo "word 0"
    else
        printf 'top%+d\n' $(($1 - $3))
    fi
}

# VALUE IS-ROM FLASH: a vector table in words.
table() {
    if (($1 == 0 || $1 == $3)); then
        echo "0 or flash"
    elif [ "$2" = true ]; then
        echo "the ROM's"
    else
        echo "$1"
    fi
}

symbol() { # ELF NAME
    printf '0x%s\n' "$(arm-none-eabi-nm "$1" | awk -v name="$2" '$3 == name {print $1}')"
}

on_simulator() { # ELF
    local json top numbers id ok observed
    json=$("$sim" run "$1" --device "$device" --host end --limit 20000 --json) || true
    top=$(symbol "$1" stack_top)
    declare -A point
    while IFS=$'\t' read -r id ok observed; do
        point[$id]=$observed point[$id.ok]=$ok
    done < <(jq -r '["resets", true, .resets], ["end", true, "\(.end.why): \(.end.detail)"],
                    (select(.handoffs | length == 1) | .handoffs[0].contract[]
                     | [.id, .ok, .observed]) | @tsv' <<<"$json")
    if [ -z "${point[H1]:-}" ]; then
        echo "no handoff: ${point[end]:-the simulator printed nothing}"
        return
    fi
    echo "resets ${point[resets]}"
    echo "PC $([ "${point[H1.ok]}" = true ] && echo "word 1" || echo "${point[H1]}")"
    mapfile -t numbers < <(grep -oE '0x[0-9A-F]+|CONTROL [0-9]+' <<<"${point[H2]}")
    echo "SP $(pointer "${numbers[0]}" "${numbers[2]}" "$top")"
    echo "MSP $(pointer "${numbers[1]}" "${numbers[2]}" "$top")"
    echo "${numbers[3]}"
    grep -oE 'IPSR [0-9]+' <<<"${point[H3]}"
    tr ',' '\n' <<<"${point[H4]}" | while read -r name value; do echo "$name $((value))"; done
    if [[ ${point[H5]} == MSPLIM* ]]; then
        tr ',' '\n' <<<"${point[H5]}" | while read -r name value; do
            echo "$name $( ((value)) && pointer "$value" 0 "$top" || echo 0)"
        done
    fi
    sed -E 's/^([0-9]+) interrupts enabled, ([0-9]+) .*/ENABLED \1\nPENDING \2/' <<<"${point[H6]}"
    echo "SYSTICK $((${point[H7]#SYST_CSR } & 1))"
    echo "VTOR $(table "$(grep -oE '0x[0-9A-F]+' <<<"${point[H8]}")" "${point[H8.ok]}" \
        "$(symbol "$1" flash_start)")"
    echo "MPU $([[ ${point[H10]} == *"MPU on"* ]] && echo 1 || echo 0)"
    echo "mark $([ "${point[H15.ok]}" = true ] && echo AWAY || echo "not AWAY")"
}

qemu() { # ELF: what the run prints; $log tells of resets
    timeout 10 qemu-system-arm -M "$machine" -display none -serial none -monitor none -nodefaults \
        -semihosting-config enable=on,target=native -d cpu_reset -D "$log" -kernel "$1" \
        -device "loader,file=$(dirname "$1")/rom.elf" 2>&1 </dev/null | grep -v '^qemu-system-arm: warning:' || true
}

on_qemu() { # ELF
    local state name value top said
    said=$(qemu "$1")
    top=$(symbol "$1" stack_top)
    declare -A state
    while read -r name value; do
        [ -n "$name" ] && state[$name]=$value
    done <<<"$said"
    if [ -z "${state[COMPLEMENT]:-}" ]; then
        echo "no handoff: $(head -n 1 <<<"$said")"
        return
    fi
    # A reset of a core that was executing Thumb code, which it is not before power-on.
    echo "resets $(grep -cE '^XPSR=.* T ' "$log" || true)"
    echo "PC word 1" # or else there is no report
    for name in SP MSP; do
        echo "$name $(pointer "0x${state[$name]}" "0x${state[WORD0]}" "$top")"
    done
    # Bit 3 is of the secure state, in which this core starts and a chip with TZEN = 0 does not.
    echo "CONTROL $((0x${state[CONTROL]} & 7))"
    for name in IPSR PRIMASK FAULTMASK BASEPRI; do
        echo "$name $((0x${state[$name]:-0}))" # Armv6-M has neither of the last two: 0
    done
    for name in MSPLIM PSPLIM; do
        value=${state[$name]:-}
        if [ -n "$value" ]; then
            echo "$name $( ((0x$value)) && pointer "0x$value" 0 "$top" || echo 0)"
        fi
    done
    for name in ENABLED PENDING SYSTICK; do
        echo "$name $((0x${state[$name]}))"
    done
    echo "VTOR $(table "0x${state[VTOR]}" "$( ((0x${state[VTOR]} == rom)) && echo true)" \
        "$(symbol "$1" flash_start)")"
    echo "MPU $((0x${state[MPU]}))"
    echo "mark $([ "${state[MARK]}${state[COMPLEMENT]}" = B0071EA24FF8E15D ] && echo AWAY ||
        echo "not AWAY")"
}

# What a core did with an instruction that it may not have.
executed_on_simulator() { # ELF
    local json
    json=$("$sim" run "$1" --device "$device" --host end --limit 3000 --json) || true
    jq -r 'if .end.why == "limit" then "instruction executed"
           elif .end.detail | test("^undefined instruction|^FPU instruction") then "instruction undefined"
           else "\(.end.why): \(.end.detail)" end' <<<"$json"
}

executed_on_qemu() { # ELF
    qemu "$1" | sed 's/^done$/instruction executed/; s/^fault$/instruction undefined/'
}

# Of STATE, the lines that are not what the contract asks of the core.
unclean() {
    grep -vE '^(PC word 1|M?SP word 0|resets [01]|VTOR .*|mark .*|[A-Z]+ 0)$' <<<"$1" || true
}

one() { # CORE NAME: sets a and b, what both say
    local elves=$folder/$1
    local first=$elves/simulator-${2%:*}.elf second=$elves/qemu-${2#*:}.elf
    if [ ! -f "$first" ] || [ ! -f "$second" ]; then
        echo "no firmware at $first or $second: build the preset firmware-gcc first"
        exit 1
    fi
    row "$1"
    if [[ $2 == instruction-* ]]; then
        a=$(executed_on_simulator "$first")
        b=$(executed_on_qemu "$second")
    else
        a=$(on_simulator "$first")
        b=$(on_qemu "$second")
    fi
}

side_by_side() {
    echo "$1 on the simulator's $device and QEMU's $machine, $2:"
    awk '{name = $1; sub(/^[^ ]+ ?/, "")}
         NR == FNR {order[++count] = name; a[name] = $0; next}
         !(name in a) {order[++count] = name}
         {b[name] = $0}
         END {
             for (i = 1; i <= count; i++) {
                 name = order[i]
                 printf "  %-10s %-14s %-14s%s\n", name, a[name], b[name],
                     a[name] == b[name] ? "" : "differ"
             }
         }' <(echo "$a") <(echo "$b")
}

# Whether both say the same, and what must come of it.
as_expected() { # CORE NAME WHAT
    if [[ $a$b == *"no handoff"* ]]; then
        return 1
    elif [ "$a" != "$b" ] || [ "$3" = differ ]; then
        [ "$a" != "$b" ] && [ "$3" = differ ]
        return
    fi
    case $3 in
    clean) [ -z "$(unclean "$a")" ] && grep -q '^mark AWAY' <<<"$a" ;;
    unclean) [ -n "$(unclean "$a")" ] ;;
    instruction)
        [ "$a" = "instruction $([[ ,$instructions, == *,${2#instruction-},* ]] && echo executed ||
            echo undefined)" ]
        ;;
    esac
}

what_of() { # NAME: what must come of it
    case $1 in
    *:*) echo differ ;;
    library-*) echo clean ;;
    mutant-* | stack-kept-*) echo unclean ;;
    bare-jump-thread) echo any ;;
    bare-jump-*) echo unclean ;;
    instruction-*) echo instruction ;;
    esac
}

if [ $# -gt 2 ]; then
    one "$3" "$4"
    side_by_side "$3" "$4"
    as_expected "$3" "$4" "${5:-$(what_of "$4")}"
    exit
fi

summary() { # of expected[CORE KIND], and failed: a table as docs/proof.md has it
    local core kind
    echo
    echo "| core | QEMU's machine | library | bare jump | stack kept | mutant | instruction |"
    echo "|---|---|---|---|---|---|---|"
    grep '^cortex' "$here/cores.txt" | while read -r core _ machine _; do
        printf '| %s | %s |' "$core" "$machine"
        for kind in library bare stack mutant instruction; do
            printf ' %s |' "${expected[$core $kind]:-0}"
        done
        echo
    done
    echo
    qemu-system-arm --version | head -n 1
    echo "$runs runs, $failed not as expected"
}

runs=0 failed=0
declare -A expected
printf '%-11s %-26s %-44s %s\n' core run simulator QEMU
for elf in "$folder"/*/qemu-*.elf; do
    core=$(basename "$(dirname "$elf")")
    name=$(basename "$elf" .elf)
    name=${name#qemu-}
    one "$core" "$name"
    runs=$((runs + 1))
    short_a=$(unclean "$a" | paste -sd ' ') short_b=$(unclean "$b" | paste -sd ' ')
    printf '%-11s %-26s %-44s %s' "$core" "$name" "${short_a:-clean}" "${short_b:-clean}"
    if as_expected "$core" "$name" "$(what_of "$name")"; then
        expected[$core ${name%%-*}]=$((${expected[$core ${name%%-*}]:-0} + 1))
        echo
    else
        failed=$((failed + 1))
        echo "  <- not as expected"
    fi
done
summary
[ "$failed" = 0 ]
