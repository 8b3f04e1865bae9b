cloche run --lang py -e 1 > /dev/null 2>&1 || exit 77 # the engine is not in this build
printf 'def half(x):\n    return x / 0\n\nhalf(2)\n' > half.py; cloche run half.py; echo $?
cloche run --lang py -e '(1'; echo $?
# where it was stopped is known only if the guest is quick enough to say it
cloche run --lang py -e 'while True: pass' --timeout 200ms 2>&1 | head -1 | sed 's/ at .*//'
cloche run --lang py -e 'sum(range(10 ** 12))' --timeout 100ms 2>&1 | head -1
cloche run --lang py -e 'x = [0] * 10 ** 8' ; echo $?
