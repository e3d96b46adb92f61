#!/usr/bin/env bash
# gdb.sh: GDB holds the virtual chip at breakpoints, steps, and sees PC inside system memory.
# SPDX-License-Identifier: MIT
#
# gdb.sh SIM ELF DEVICE: ELF enters the ROM from application() by bootleap_enter()
set -euo pipefail
sim=$1 elf=$2 device=$3
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

# start OPTION...: a run that waits for GDB; sets `server` and `port`.
start() {
    "$sim" run "$elf" --device "$device" --enter-at application --gdb 0 "$@" \
        >"$work/result" 2>"$work/said" &
    server=$!
    for _ in $(seq 200); do
        port=$(sed -n "s/.*target remote 127.0.0.1:\([0-9]*\)'.*/\1/p" "$work/said")
        [ -z "$port" ] || return 0
        sleep 0.05
    done
    echo "no port was named:" && cat "$work/said" && exit 1
}

# finish CODE: the run ends by itself, with this exit code.
finish() {
    local status=0
    wait "$server" || status=$?
    server=
    [ "$status" = "$1" ] || { echo "exit code $status, expected $1" && cat "$work/result" && exit 1; }
}

expect() {
    grep -Eq "$1" "$work/gdb" || { echo "not seen: $1" && cat "$work/gdb" && exit 1; }
}

# What comes of the run without GDB, and its listing. A run with GDB has no end but its limit.
limit=(--limit 400000)
alone=$("$sim" run "$elf" --device "$device" --enter-at application --host go --json "${limit[@]}" \
    --trace "$work/alone")
pc=$(jq -r '.handoffs[0].pc' <<<"$alone")
[ "$pc" != null ]

# ST's article on a board, here: stop before the call, step, stop in system memory, look around.
start --host go "${limit[@]}" --trace "$work/stepped"
cat >"$work/commands" <<END
set tcp auto-retry off
target remote 127.0.0.1:$port
break *bootleap_enter
continue
print (unsigned)\$pc == ((unsigned)&bootleap_enter & ~1u)
set \$steps = 0
while \$steps < 125
  stepi
  set \$steps = \$steps + 1
end
thbreak *$pc
continue
print/x \$pc
info registers primask control psp msp
print *(unsigned *)0xE000ED08 != 0xFFFFFFFF
break *application
continue
print (unsigned)\$pc == ((unsigned)&application & ~1u)
monitor reset
tbreak *reset_handler
continue
set \$r4 = 0x1234
print/x \$r4
set *(unsigned *)(\$sp - 64) = 0x55AA
print/x *(unsigned *)(\$sp - 64)
delete
continue
END
timeout 60 gdb-multiarch -nx -batch -x "$work/commands" "$elf" </dev/null >"$work/gdb" 2>&1 ||
    { cat "$work/gdb" && exit 1; }
finish 0
expect 'Breakpoint 1, .*bootleap_enter'
[ "$(grep -c '= 1$' "$work/gdb")" = 3 ] || { cat "$work/gdb" && exit 1; }
expect "= 0x$(printf '%x' "$pc")$"
expect '^primask +0x0 '
expect 'Breakpoint 3, .*application'
expect 'Temporary breakpoint 4, (0x[0-9a-f]+ in )?reset_handler'
expect '= 0x1234$'
expect '= 0x55aa$'
expect 'exited normally'
cmp "$work/alone" "$work/stepped" # what GDB does changes nothing

# Without GDB's help: a step that is interrupted, and what is asked while the core is held.
start --host terminal
exec 3<>"/dev/tcp/127.0.0.1/$port"
packet() {
    local text=$1 sum=0 i
    for ((i = 0; i < ${#text}; i++)); do
        sum=$((sum + $(printf '%d' "'${text:i:1}")))
    done
    printf '$%s#%02x' "$text" $((sum & 255)) >&3
}
answer() {
    local got
    IFS= read -r -t 20 -d '#' got <&3
    printf '%s' "${got##*\$}"
}
packet '?' && [ "$(answer)" = S05 ]
packet c && sleep 0.3 && printf '\003' >&3 # the ROM waits for a host by now
[ "$(answer)" = S02 ]
packet pf && got=$(answer)
[ "$((0x${got:6:2}${got:4:2}${got:2:2}${got:0:2}))" = "$((pc))" ]
packet m0,4 && answer >/dev/null
packet mdffffff0,4 && [ "$(answer)" = E01 ]
printf '%s' "\$c#00" >&3 && IFS= read -r -t 20 -n 3 got <&3 # a wrong sum is sent back
[[ $got == *- ]]
packet k
finish 0
echo "$device: held in bootleap_enter(), at the handoff (PC $pc) and after a reset"
