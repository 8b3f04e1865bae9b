try() { printf '#!%s\nlet n: number = 1; n + 1\n' "$1" > x; printf '%s: ' "$1"; cloche run x 2>/dev/null; echo "exit $?"; }
try '/usr/bin/env -S cloche run --lang ts'; try '/usr/local/bin/cloche run --seed 1 --lang=typescript'
try '/usr/bin/env deno'; try '/usr/bin/env -S bun run'; try '/usr/bin/env -S deno run --allow-net'; try ' /usr/bin/ts-node --esm'
try '/usr/bin/env -S A=1 tsx'; try '/usr/bin/env node'; try '/usr/bin/env cloche run'; try '/bin/sh'; try ''
