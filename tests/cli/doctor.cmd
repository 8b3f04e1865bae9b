cloche doctor > out; echo $?; cut -c1-25 out | grep -v -e '->' -e '^ *$' | sed -E 's/^(ok|note)  */fine /'
