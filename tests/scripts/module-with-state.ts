// expect: {"a": "a=3", "b": "b=15", "total": 18, "same": true}
// module: counter=counter.ts
import { Counter, total } from 'counter';
import { total as sameTotal } from 'counter';

const a = new Counter('a');
const b = new Counter('b', 10);
for (let i = 0; i < 3; i++) a.increment();
b.increment(5);

({ a: `${a}`, b: `${b}`, total: total(), same: total === sameTotal });
