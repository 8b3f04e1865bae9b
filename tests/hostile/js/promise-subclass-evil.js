// status: error
// timeout: 20s
// code: uncaught_error
// error: Error: executor
// why: a subclass of Promise whose executor throws after handing out its functions
class P extends Promise { constructor(f) { super(f); } static get [Symbol.species]() { throw new Error('executor'); } }
await P.resolve(1).then(() => 2);
