cloche help run | sed -n 's/^  \(--[a-z-]*\) \(TIME\|SIZE\|NUMBER\) .*\[\(.*\)\]$/\1 \3/p' > flags; grep -c . flags
while read flag value; do cloche run -e 1 $flag $value > out 2>&1 || cat out; cloche run -e 1 $flag=$value > out 2>&1 || cat out; done < flags
