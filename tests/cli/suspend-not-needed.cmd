cloche run -e '1 + 1' --suspend ask --save n.snap; ls n.snap 2>&1
