for v in '"a\nb"' '[10n, new Map([[1, {a: 2}]])]' '({a: 1})' undefined 'new Date(0)' '(class A { x = 1 }, new (class A { x = 1 })())'; do python3 terminal.py cloche run -e "$v"; done
