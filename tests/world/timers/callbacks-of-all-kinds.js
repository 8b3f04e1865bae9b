// whatever can be called: async functions, bound ones, callable proxies, generators (whose body does not run), built-ins
async function later() { console.log('async'); await null; console.log('async, after await'); }
setTimeout(later, 1);
setTimeout(console.log.bind(console, 'bound'), 1, 'and more');
setTimeout(new Proxy(() => {}, {apply(target, self, args) { console.log('proxy', args); }}), 1, 'x');
setTimeout(function* () { console.log('never'); }, 1);
setTimeout(Math.max, 1, 1, 2);
setTimeout(() => console.log('end'), 1);
void 0;
