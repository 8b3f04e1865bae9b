// ours: `this` is undefined in strict functions, as Web IDL says for a callback; in Node it is the timer
setTimeout(function () { 'use strict'; console.log(this); }, 1);
setTimeout(function () { console.log(this === globalThis); }, 1);
const object = {name: 'o', show() { 'use strict'; console.log(this); }};
setTimeout(object.show, 1);
setTimeout(object.show.bind(object), 1);
setTimeout(() => console.log('end'), 1);
void 0;
