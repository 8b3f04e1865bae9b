echo 'export default 3' | cloche run -e 'import m from "m"; m' --module m=-; echo 1 | cloche run - --module m=-
