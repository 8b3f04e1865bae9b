echo '<a href="x">{1}<b/></a>' > x.jsx; cloche run x.jsx; echo 'const h = (...a) => a; const F = 0; <><b c={1}>d</b></>' > y.jsx
cloche run y.jsx --jsx-factory h --jsx-fragment F; cloche run x.jsx --jsx-factory '1 + 1'
