# devices.sh: what `bootleap devices` and `bootleap pins` say about every row of the table.
# SPDX-License-Identifier: MIT
# shellcheck shell=bash source=tests/cli/chip.sh disable=SC2016
# usage: devices.sh CASE
. "$(dirname "$0")/chip.sh"

run 0 devices --json
no_message
mv stdout all

# every FILTER: jq's FILTER holds for each device of the table.
every() {
    local bad
    bad=$(jq -r ".[] | select(($1) | not) | .slug" all) || fail "jq: $1"
    [ -z "$bad" ] || fail "does not hold for ${bad//$'\n'/ }: $1"
}

# entry LABEL: the first line of this entry on stdout.
entry() {
    sed -n "s/^$1  *//p" stdout
}

# wrapped LABEL: this entry on stdout, with the lines that go on with it.
wrapped() {
    awk -v label="$1" 'index($0, sprintf("%-16s", label)) == 1 { on = 1; print substr($0, 17); next }
        on && /^ {16}/ { print substr($0, 17); next } { on = 0 }' stdout | tr '\n' ' ' | sed 's/ $//'
}

# each FILTER: a line for each device, from the array that jq's FILTER makes of it. Read it with
# IFS=~, which keeps fields that are empty.
each() {
    jq -r ".[] | $1 | map(. // \"\") | join(\"~\")" "${2:-all}"
}

case $1 in
keys) # exactly these, for every device
    [ "$(jq length all)" -ge 4 ] || fail "fewer than 4 devices"
    every 'keys_unsorted == ["slug", "series", "name", "parts", "core", "product", "rom_ids",
        "rom_vector", "system_memory", "rom_id_address", "flash", "ram", "rom_ram", "interfaces",
        "enter", "direct_hz", "no_direct", "remap", "refused_by", "option_entry", "empty_check", "dual_bank", "self_reset", "mark", "sources", "tested"]'
    every '.system_memory == null or (.system_memory | keys) == ["end", "start"]'
    every '.flash == null or (.flash | keys) == ["size", "start"]'
    every '[.parts, .rom_ids, .ram, .rom_ram, .interfaces, .sources] | map(type == "array") | all'
    every '.sources | length > 0 and all(.group and .confidence and .source)'
    every '.parts | length > 0'
    ;;
addresses) # strings of 8 digits, and where they should be
    every '[.rom_vector, .rom_id_address, .mark, .system_memory.start?, .system_memory.end?,
        .flash.start?, (.remap // {})[], .ram[].start, .rom_ram[].start]
        | map(select(. != null)) | all(test("^0x[0-9A-F]{8}$"))'
    every '.product == null or (.product | test("^0x[0-9A-F]{3}$"))'
    every '.rom_ids | all(test("^0x[0-9A-F]{2,3}$"))'
    # Strings of the same length compare as numbers do.
    every '.rom_vector == null or
        (.rom_vector >= .system_memory.start and .rom_vector < .system_memory.end)'
    every '.enter != "reset" or (.rom_vector != null and .mark != null)'
    ;;
facts) # typed here from AN2606 Rev 70, Tables 3 and 226
    fact() {
        local is
        is=$(jq -r ".[] | select(.slug == \"$1\") | [.product, .rom_vector, .system_memory.start,
            .system_memory.end, .rom_ids[-1], .flash.size / 1024, .self_reset] | join(\" \")" all)
        [ "$is" = "$2" ] || fail "$1 is $is instead of $2"
    }
    fact f405 "0x413 0x1FFF0000 0x1FFF0000 0x1FFF77FF 0x91 1024 true"
    fact g0b1 "0x467 0x1FFF0000 0x1FFF0000 0x1FFFEFFF 0x92 512 false"
    fact h723 "0x483 0x1FF09800 0x1FF00000 0x1FF1E7FF 0x93 1024 false"
    fact u575 "0x482 0x0BF90000 0x0BF90000 0x0BF9FFFF 0x93 2048 false"
    ;;
table) # one line a device
    run 0 devices
    no_message
    [ "$(wc -l <stdout)" -eq $(($(jq length all) + 1)) ] || fail "not one line a device"
    jq -r '.[] | [.slug, .name, .parts[0], .core, .product // "-", .rom_vector // "-",
        .enter // "-", .tested // "never"] | join("~")' all >wanted
    tail -n +2 stdout | sed -E 's/ and [0-9]+ more//; s/ {2,}/~/g' | cmp - wanted ||
        fail "the table differs from the JSON"
    ;;
macros) # each slug and each macro names its own row
    each '. as $device | (.slug, .parts[]) | [., "\($device.name) (\($device.slug))"]' >names
    while IFS='~' read -r name device; do
        run 0 devices "$name"
        [ "$(head -1 stdout)" = "device          $device" ] || fail "$name is not $device"
    done <names
    [ "$(wc -l <names)" -ge 18 ] || fail "only $(wc -l <names) names"
    ;;
codes) # ordering codes, and any case of letters
    for name in STM32H723ZGT6 stm32h723zgt6 STM32H730IBK6Q H723; do
        run 0 devices "$name" --json
        json .slug h723
    done
    run 0 pins STM32F407VGT6 --json
    json .slug f405
    jq '.[] | select(.slug == "f405")' all >one
    run 0 devices f405 --json
    jq -e --slurpfile one one '. == $one[0]' stdout >/dev/null || fail "one is not as in the array"
    ;;
sheet) # what the JSON has, for each device
    each '[.slug, .rom_vector, .product, .enter // "not known", .tested // "never on hardware",
        ([.sources[] | [.group, .source]] |
            [range(length) as $i | select($i == 0 or .[$i] != .[$i - 1])] | length),
        (.rom_ids | join(" "))]' >facts
    while IFS='~' read -r slug vector product enter tested sources ids; do
        run 0 devices "$slug"
        no_message
        [ "$(entry "ROM vector")" = "$vector" ] || fail "vector of $slug"
        [ "$(entry "Get ID")" = "$product" ] || fail "product of $slug"
        [ "$(entry enter)" = "$enter" ] || fail "enter of $slug"
        [ "$(entry tested)" = "$tested" ] || fail "tested of $slug"
        [ "$(grep -c '^source ' stdout)" -eq "$sources" ] || fail "sources of $slug"
        versions=
        for id in $ids; do
            versions="$versions, V$((id >> 4)).$((id & 15))"
        done
        [ "$(entry "ROM versions")" = "${versions#, }" ] || fail "versions of $slug"
        # A line may be longer only where a single word is.
        awk 'length > 100 && substr($0, 17) ~ / / { exit 1 }' stdout || fail "long line in $slug"
    done <facts
    [ "$(wc -l <facts)" -ge 4 ] || fail "only $(wc -l <facts) devices"
    ;;
unknown) # nothing like it, and something like it
    run 2 devices xyzzy
    message 'bootleap: devices: "xyzzy": no device, macro or ordering code of the table. Try: '
    message ', or bootleap devices for all of them'
    [ ! -s stdout ] || fail "results in spite of the error"
    run 2 devices ""
    for near in hh723 STM32HH723xx; do
        run 2 pins "$near"
        message "bootleap: pins: \"$near\": no device, macro or ordering code of the table." \
            "Try: bootleap pins h723, or"
    done
    run 2 pins
    message "it needs 1 argument, there are 0"
    run 2 devices f405 h723
    message '"h723" is one argument too many'
    ;;
several) # the beginning of several names is none of them
    for series in "" $(jq -r '.[].series' all | sort -u); do
        jq -r ".[] | select(.parts | any(startswith(\"STM32$series\"))).slug" all >fit
        count=$(wc -l <fit)
        if [ "$count" -lt 2 ]; then
            run 2 devices "STM32$series"
            continue
        fi
        for name in "STM32$series" "stm32${series}xx"; do
            run 4 devices "$name" --json
            [ ! -s stdout ] || fail "results in spite of the error"
            message "bootleap: devices: \"$name\": $count devices fit: $(head -1 fit) (STM32$series"
            message ". Try: bootleap devices $(head -1 fit)"
            # Those named, and those that only are counted.
            named=$(sed 's/.* fit: //; s/\. Try:.*//; s/ and [0-9]* more//' stderr | tr ',' '\n')
            more=$(sed -n 's/.* and \([0-9]*\) more\..*/\1/p' stderr)
            [ $(($(wc -l <<<"$named") + ${more:-0})) -eq "$count" ] || fail "wrong number"
            diff <(sed 's/^ *//; s/ .*//' <<<"$named") \
                <(head -n "$(wc -l <<<"$named")" fit) || fail "other devices"
        done
    done
    # An x inside a macro stands for the package: only the letter after it tells these two apart.
    if jq -e '[.[].parts[]] | index("STM32F401xC") and index("STM32F401xE")' all >/dev/null; then
        run 4 devices STM32F401R
        message "2 devices fit: f401xc (STM32F401xC), f401xe (STM32F401xE)."
    fi
    ;;
pins) # what the table has, once each, in order
    for slug in $(jq -r '.[].slug' all); do
        run 0 pins "$slug" --json
        no_message
        cat stdout >>objects
    done
    jq -s . objects >pins
    is=$(jq -r '.[] | select([.pins[].pin | [.[1:2], (.[2:] | tonumber)]] | . != sort).slug' pins)
    [ -z "$is" ] || fail "not in order: $is"
    # One line for each pin and ROM version, from both.
    facts='[.slug, .name, .signal, .pin, .mode, .pull, .i2c_address, .id, .packages] | @json'
    jq -r ".[] | .slug as \$slug | .interfaces[] | . as \$i | .pins[] |
        . + {slug: \$slug, id: (\$i.rom_ids[], null)} + (\$i | {name, i2c_address, packages}) |
        $facts" all | sort -u >wanted
    jq -r ".[] | .slug as \$slug | .pins[] | select(.interface) |
        . + {slug: \$slug, name: .interface, id: (.rom_ids[], null)} | $facts" pins | sort >is
    [ "$(wc -l <wanted)" -ge 100 ] || fail "only $(wc -l <wanted) pins"
    # The null of each says that it is there at all, and several uses may share it.
    sort -u is | diff - wanted >&2 || fail "the pins differ from those of the devices"
    unique='def unique_in_order: reduce .[] as $one ([]; if index([$one]) then . else . + [$one] end);'
    each "$unique [.slug, (.pins | length), (.pins |
        (map(select(.mode == \"driven\").pin), map(select(.mode == \"open-drain\").pin),
         map(select(.pull == \"pull-up\").pin), map(select(.pull == \"pull-down\").pin)) |
        unique_in_order | join(\" \"))]" pins >lists ||
        fail "jq"
    while IFS='~' read -r slug count driven drain up down; do
        run 0 pins "$slug"
        [ "$(grep -c '^P[A-Z][0-9]* ' stdout)" -eq "$count" ] || fail "not one line a pin of $slug"
        [ "$(wrapped driven)" = "$driven" ] || fail "driven in $slug: $driven"
        [ "$(wrapped "open drain")" = "$drain" ] || fail "open drain in $slug: $drain"
        [ "$(wrapped "pulled up")" = "$up" ] || fail "pulled up in $slug: $up"
        [ "$(wrapped "pulled down")" = "$down" ] || fail "pulled down in $slug: $down"
        output "WARNING"
        tail -1 stdout | grep -qF "(odriverobotics/ODrive 02e29d8 Firmware/" || fail "no source"
    done <lists
    [ "$(wc -l <lists)" -ge 4 ] || fail "only $(wc -l <lists) devices"
    ;;
pins-f405) # typed here from AN2606 Rev 70, Tables 73 and 75
    run 0 pins f405
    line() {
        grep -qE "^${1// / +}\$" stdout || fail "no line: $1"
    }
    line "PA9 USART1 TX input no pull all"
    line "PA6 SPI1 MISO driven pull-down V9.0, V9.1"
    line "PB10 USART3 TX input pull-up V3.0, V3.1"
    line "PB10 USART3 TX unknown pull unknown V9.0, V9.1"
    line "PB11 USART3 RX input pull-up all"
    line "PB6 I2C1 at 0x3A SCL open-drain no pull V9.0, V9.1"
    [ "$(grep -nE '^PA(9|10) ' stdout | cut -d: -f2 | cut -d' ' -f1 | tr '\n' ' ')" = "PA9 PA10 " ] ||
        fail "PA10 is not after PA9"
    [ "$(entry driven)" = "PA6 PB13 PI2" ] || fail "other pins are driven"
    [ "$(entry "pulled up")" = "PB5 PB10 PB11 PB13 PC10 PC11" ] || fail "others are pulled up"
    output "source          interfaces: AN2606 Rev 70 Tables 73 and 75, Section 4.3 (documented)"
    ;;
*) fail "no case $1" ;;
esac
