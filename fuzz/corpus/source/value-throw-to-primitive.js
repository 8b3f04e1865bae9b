// status: error
// timeout: 20s
// code: uncaught_error
// why: an object whose conversions to text throw is thrown
const f = () => { throw new Error('conversion'); };
throw { toString: f, valueOf: f, [Symbol.toPrimitive]: f, toJSON: f };
