# zsh_types.zsh: types a command line with tabs into a zsh on a terminal, and prints what it says.
# SPDX-License-Identifier: MIT
zmodload zsh/zpty
zpty -b typed zsh -f -i
zpty -w typed 'PS1= RPS1= TERM=dumb; autoload -U compinit; compinit -u -D; bindkey "^I" complete-word
bootleap() { print -r -- "<${(j:><:)@}>" }'
sleep 2
zpty -n -w typed $'bootleap fla\ta.elf --ask=d\t; exit\n'
for _ in {1..50}; do
    zpty -r typed said 2>/dev/null && print -rn -- $said
    zpty -t typed 2>/dev/null || break
    sleep 0.1
done
