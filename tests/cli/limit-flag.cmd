cloche run lines.js --console-lines 1; cloche run lines.js --console_lines=1 2>/dev/null | wc -l; cloche run loop.js --cpu 50ms 2>/dev/null; echo $?
