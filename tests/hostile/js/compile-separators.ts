// status: error
// code: uncaught_error
// error: Error: here
// timeout: 20s
// why: line separators that the engine counts and others do not, before an error
const a: string = '  ';   const b: number = 1;   throw new Error('here');
