echo 5 > ./-; cloche run ./-
