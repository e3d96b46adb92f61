# wait.sh: boards that come only now, or whose button is pressed; and applications asked by steps.
# SPDX-License-Identifier: MIT
# shellcheck shell=bash source=tests/cli/chip.sh disable=SC2086
# usage: wait.sh CASE
. "$(dirname "$0")/chip.sh"

# start_later SECONDS KEY=VALUE...: a chip whose port is there only then.
start_later() {
    local after=$1
    shift
    (sleep "$after" && exec "$FAKE_ROM" "$port" log="$work/log" dump="$work/dump" "$@") &
    chips="$chips $!"
}

# within MS: since $began; what is found at once is found long before the limit.
within() {
    local took=$((($(date +%s%N) - began) / 1000000))
    [ "$took" -lt "$1" ] || fail "it took $took ms"
}

began=$(date +%s%N)
case $1 in
later) # the port does not exist yet
    start_later 0.4 $g0b1
    run 0 wait "$port" --limit 30 --json
    within 3000
    json .port "$port" .device g0b1 .exit_code 0
    grep -qF "the board at $port: waiting for 0 s now, at most 30 s" stderr || fail "not told"
    run 0 wait "$port"
    no_message
    output "ROM V9.2 of STM32G0B1xx/0C1xx (g0b1) answers on $port"
    ;;
button) # the port is there, and its application hears nobody
    start_chip $g0b1 button=700
    run 0 info "$port" --wait=30
    within 4000
    output "STM32G0B1xx"
    grep -q '^button$' log || fail "nobody pressed the button"
    ;;
flash) # both
    firmware elf app.elf
    start_later 0.3 $g0b1 button=2400 banner=ready
    run 0 flash app.elf "$port" --wait=30 --expect ready
    within 9000
    output "application started: ready"
    ;;
gone) # unplugged while it is awaited, and plugged in again
    start_chip $g0b1 mute=1
    # Without its name first: another test may get the number of the terminal.
    (sleep 0.4 && rm "$port" && kill $chips && sleep 0.3 &&
        exec "$FAKE_ROM" "$port" log="$work/log" dump="$work/dump" $g0b1) &
    second=$!
    run 0 wait "$port" --limit 30
    within 4000
    kill "$second"
    ;;
ends) # by its time, by Ctrl-C, by a port that is none
    run 3 wait "$port" --limit 1
    message "bootleap: wait: open $port: no such port (waited for 1 s). Try: bootleap list"
    run 2 wait /dev/null --limit 30
    message "not a serial port"
    run 2 flash app.bin "$port" --wait 0
    message "PORT 0: no port is called that. Try: --wait=SECONDS, with a \"=\"; --start-wait MS"
    run 2 enter --wait 30
    message "PORT 30: no port is called that"
    run 2 enter "$port" --wait=0
    message "--wait: 0 is out of range. Try: a number from 1 to 86400"
    "$BOOTLEAP" enter "$port" --wait=30 2>stderr </dev/null &
    tool=$!
    sleep 0.3
    kill -TERM "$tool"
    wait "$tool" && fail "exit code 0 though it was interrupted"
    grep -qF "bootleap: enter: interrupted: no board came, nothing was changed" stderr ||
        fail "the interruption is not told"
    within 10000
    ;;
ask) # the steps of a file, at its baud rate
    printf '%s\n' 'baud 9600' 'send "g"' 'wait 20ms' 'send "o\x21"' 'expect "entering" 2s' >way.ask
    start_chip $g0b1 ask=go! ask-baud=9600
    run 0 enter "$port" --ask way.ask
    output "answers on $port"
    grep -q '^asked$' log || fail "the application was not asked"
    ;;
ask-fails) # silence, another answer, a file with a mistake: the chip is left as it was
    printf '%s\n' 'send "go!"' 'expect "entering" 200ms' >way.ask
    start_chip $g0b1 ask=stop
    run 3 enter "$port" --ask ./way.ask
    message "ask ./way.ask at $port: sent \"go!\", and nothing comes within 200 ms, instead of"
    run 3 enter "$port" --ask betaflight --json
    json .error.what "ask betaflight at $port: sent \"\\n\", and nothing comes within 1000 ms, instead of \"\\n# \""
    printf 'sned "x"\n' >way.ask
    run 2 enter "$port" --ask ./way.ask
    message "./way.ask:1: no step is called that"
    run 2 enter "$port" --ask qmk
    message "QK_BOOT"
    untouched
    rm -f "$port"
    start_chip $g0b1 chatter=busy
    run 1 enter "$port" --ask nanovna
    message "sent \"\\r\", and it answers \""
    message "sybusybusy"
    ;;
*) fail "no case $1" ;;
esac
