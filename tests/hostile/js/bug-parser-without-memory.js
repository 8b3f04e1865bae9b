// status: ok
// value: true
// memory: 16MiB
// timeout: 10s
// why: bellard/quickjs issues 528, 531 and 532: the memory ends while scopes and variables of a function are resolved
const source = 'with ({}) { ' + '{ let a = 1; const b = [a]; class C { #p = () => eval("a"); static m(x = a) { return this.#p in x; } } function f({ c, ...d }) { label: for (const k of d) { try { continue label; } catch (e) { var z; } finally { a = `${b}`; } } } '.repeat(60) + '}'.repeat(61);
const fill = [];
let rounds = 0, refused = 0;
try { for (;;) fill.push(new Uint8Array(4096)); } catch {}
for (let i = 0; i < 400; i++) { fill.pop(); rounds++; try { (0, eval)('(function () { ' + source + ' })'); break; } catch (e) { refused++; } }
rounds === refused + 1 || rounds === refused;
