// status: ok
// timeout: 20s
// module: a.js=import { b } from './b.js';\nexport const a = 1;\nexport const sum = () => a + b;
// module: b.js=import { a, sum } from './a.js';\nexport const b = 2;\nexport const back = () => sum();\nlet early = 'none';\ntry { a; } catch (e) { early = e.name; }\nexport { early };
// value: [3,3,"ReferenceError"]
// why: two modules that import each other, and one that looks at the other too early
import { sum } from './a.js';
import { back, early } from './b.js';
[sum(), back(), early];
