// status: ok
// value: [41,1000,"SyntaxError",199]
// timeout: 20s
// module: m0=import { x } from 'm1'; export const y = x + 1;
// module: m1=export { x } from 'm2';
// module: m2=export const x = 40; console.log('\0'.repeat(1000));
// module: data=@@1000*export const k# = 1; @@
// module: bad=export const k = "\n
// why: modules that print what no line may hold, and one that does not parse
const seen = [(await import('m0')).y];
for (const name of ['data', 'bad']) try { seen.push(Object.keys(await import(name)).length); } catch (e) { seen.push(e.name); }
for (let i = 0; i < 200; i++) try { await import('absent' + i + '\0'); } catch { seen[3] = i; }
seen;
