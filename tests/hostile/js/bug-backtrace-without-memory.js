// status: ok
// value: true
// memory: 16MiB
// timeout: 5s
// why: quickjs-ng issue 1469: the memory ends while the stack of an error is written, and the error is freed under the writer
const names = 'A'.repeat(1 << 20);
let rounds = 0;
const fill = [];
const fail = () => missing_identifier;
Object.defineProperty(fail, 'name', { value: names });
try { for (;;) { fill.push(new Array(1000).fill(rounds)); rounds++; if (rounds % 50 === 0) try { fail(); } catch (e) { e.stack.length; } } } catch (e) { fill.length = 0; }
for (let i = 0; i < 50; i++) try { fail(); } catch (e) { rounds += e instanceof Error; }
rounds > 50;
