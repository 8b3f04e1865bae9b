mkdir d; printf 'export const f = () => {\n  null.x;\n};\n' > d/m.js; echo 'import { f } from "m"; f()' > x.js; cloche run x.js --module m=d/m.js
