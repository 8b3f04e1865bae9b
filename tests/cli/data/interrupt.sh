# usage: sh interrupt.sh SIGNAL ARGUMENT...
# Starts cloche, sends it the signal as soon as a tool has made the file `up`, and exits as it does.
signal=$1
shift
cloche "$@" &
program=$!
while [ ! -e up ]; do sleep 0.02; done
kill "-$signal" "$program"
wait "$program"
