# completion_bash.sh: completes words of a program in bash, by the tables of its options.
# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# The page is made of this file: the tables are written before it, and _PROGRAM becomes the name.
# It needs bash 4.4 and no function of the package bash-completion.

# The words up to the cursor, as the program will see them: bash parts them at : and =.
_PROGRAM_words() {
    local i word glue=
    _PROGRAM_begin
    for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ ${#words[@]} -gt 0 && ($word == [:=]* || -n $glue) ]]; then
            words[-1]+=$word
        else
            words+=("$word")
        fi
        [[ $word == *[:=] ]] && glue=1 || glue=
    done
}

# Offers what fits KIND for the value $2. What bash does not replace is $3.
_PROGRAM_offer() {
    local value=$2 kept=$3 list=()
    # shellcheck disable=SC2206 # one word each
    local kind=($1)
    case ${kind[0]} in
    words) mapfile -t list < <(compgen -P "${value%"${value##*,}"}" -W "${kind[*]:1}" \
        -- "${value##*,}") ;;
    device) mapfile -t list < <(compgen -W "$(_PROGRAM_devices)" -- "$value") ;;
    port) mapfile -t list < <(compgen -W "$("${COMP_WORDS[0]}" list 2>/dev/null |
        cut -d ' ' -f 1)" -- "$value"; compgen -f -X '!/dev/*' -- "$value") ;;
    file) mapfile -t list < <(compgen -f -- "$value") ;;
    folder) mapfile -t list < <(compgen -d -- "$value") ;;
    esac
    case ${kind[0]} in
    file | folder | port) compopt -o filenames 2>/dev/null ;;
    esac
    COMPREPLY=("${list[@]#"$kept"}")
}

# Sets `option` to the one whose value the last word is, and `operand` to the number of the
# argument that it else is.
_PROGRAM_place() {
    local i kind ended=
    option=
    operand=1
    for ((i = 1; i < ${#words[@]} - 1; i++)); do
        if [[ -n $option ]]; then
            option=
        elif [[ -n $ended || ${words[i]} != -* ]]; then
            operand=$((operand + 1))
        elif [[ ${words[i]} == -- ]]; then
            ended=1
        else
            kind=$(_PROGRAM_value "${words[0]}" "${words[i]}")
            [[ -n $kind && $kind != optional* ]] && option=${words[i]}
        fi
    done
}

_PROGRAM() {
    local words option operand word last kind
    COMPREPLY=()
    _PROGRAM_words
    word=${words[-1]}
    last=${COMP_WORDS[COMP_CWORD]}
    [[ $last == [:=] ]] && last=
    local kept=${word%"$last"}
    if [[ ${#words[@]} -eq 1 ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_PROGRAM_options '')" -- "$word")
        return
    fi
    _PROGRAM_place
    if [[ -z $option && $word == --*=* ]]; then
        kind=$(_PROGRAM_value "${words[0]}" "${word%%=*}")
        _PROGRAM_offer "${kind#optional }" "${word#*=}" "${kept#*=}"
    elif [[ -n $option ]]; then
        _PROGRAM_offer "$(_PROGRAM_value "${words[0]}" "$option")" "$word" "$kept"
    elif [[ $word == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_PROGRAM_options "${words[0]}")" -- "$word")
    else
        _PROGRAM_offer "$(_PROGRAM_value "${words[0]}" "$operand")" "$word" "$kept"
    fi
}
complete -F _PROGRAM PROGRAM
