cloche doctor now; cloche doctor --json=1; cloche doctor -- x; cloche doctor > /dev/full; echo $?; cloche doctor --json > /dev/full
