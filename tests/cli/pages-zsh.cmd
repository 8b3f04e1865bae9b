command -v zsh > /dev/null || exit 77; cloche pages zsh > c; zsh -n c && echo fine
