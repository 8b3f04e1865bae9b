// status: error|ok
// code: uncaught_error|syntax_error
// timeout: 20s
// why: an element whose name has fifty thousand dots
const a = { b: {} };
<a@@50000*.b@@ />;
