for t in 2026-03-01 2026-03-01T12:30 2026-03-01T12:30:05.25Z 2026-03-01T12:30+02:00 2026-03-01T00:00:00-00:30 2024-02-29; do cloche run -e 'new Date().toISOString()' --clock $t; done
