// status: ok
// value: [true,9,0,3,3]
// why: quickjs-ng issue 1400: arguments objects, mapped and not, that lose their length and elements and are spread, applied and sorted
const make = (0, eval)('(function (a, b) { return [arguments, () => a, v => { a = v; }]; })');
const [args, get, set] = make(1, 2, 3, 4);
const seen = [];
try { delete args[0]; } catch (e) { seen.push(e.name); } set(9); seen.push(args[0] === undefined, get());
try { delete args.length; } catch (e) { seen.push(e.name); } seen.push([].slice.call(args).length);
Object.defineProperty(args, 'length', { value: 2 ** 32, configurable: true });
try { Math.max.apply(null, args); } catch (e) { seen.push(e.name); }
args[Symbol.iterator] = [][Symbol.iterator];
Object.defineProperty(args, 'length', { value: 3, configurable: true });
try { seen.push([...args].length, Array.prototype.sort.call(args).length); } catch (e) { seen.push(e.name); }
seen;
