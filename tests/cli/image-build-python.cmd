cloche run --lang py -e 1 > /dev/null 2>&1 || exit 77 # the engine is not in this build
printf 'def triple(x):\n    return 3 * x\n' > rules.py
cloche image build --engine python --preload tomllib --preload rules.py -o rules.img | sed -E 's/[0-9a-f]{64}/ID/'
cloche run --image rules.img --lang py -e 'import sys, rules; [rules.triple(2), "tomllib" in sys.modules]'
cloche run --image rules.img -e 1; echo $?; cloche image build --engine python --preload 'os; 1' -o x.img; echo $?
