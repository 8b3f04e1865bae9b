# A tool with a child of its own.
(sleep 0.9; echo survived > mark) &
: > up
wait
