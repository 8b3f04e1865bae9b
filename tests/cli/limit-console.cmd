cloche run lines.js --limit console_lines=2
