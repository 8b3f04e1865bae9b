cloche run -e "$(printf 'let a\377')"
