command -v prlimit > /dev/null || exit 77; prlimit --sigpending=0 cloche doctor > out; echo $?; grep -A1 '^problem *timers' out
