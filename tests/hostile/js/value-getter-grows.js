// status: ok
// timeout: 20s
// value: {"k0":1}
// why: each getter adds one more property while the value is read
const o = {};
let n = 0;
const grow = () => { Object.defineProperty(o, 'k' + n++, { enumerable: true, configurable: true, get: grow }); return 1; };
grow();
o;
