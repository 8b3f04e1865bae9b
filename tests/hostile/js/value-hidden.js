// status: ok
// timeout: 20s
// value: {"own":1}
// why: symbol keys, inherited and hidden properties stay behind
const o = Object.create({ inherited: 1 }, { hidden: { value: 1, enumerable: false }, own: { value: 1, enumerable: true } });
o[Symbol('s')] = 1;
o;
