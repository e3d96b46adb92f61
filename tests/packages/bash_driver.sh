# bash_driver.sh: sources a completion, then completes one command line for each line of stdin.
# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# bash bash_driver.sh COMPLETION FUNCTION   words are parted by US, as bash has parted them; what is
# offered is printed in one line, parted the same way
# shellcheck source=/dev/null
source "$1"
US=$'\x1f'
while IFS= read -r line; do
    IFS=$US read -ra COMP_WORDS <<<"$line${US}end"
    unset 'COMP_WORDS[-1]'
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMPREPLY=()
    "$2" 2>&1
    (IFS=$US && echo "${COMPREPLY[*]}")
done
