// ours: the guest replaces the global Error and what belongs to it, and harms only itself
const {run, value, replace} = await import('scenario');
replace(Error, ['captureStackTrace', 'isError']);
replace(Error.prototype);
for (const name of ['Error', 'TypeError', 'RangeError', 'SyntaxError', 'DOMException'])
  globalThis[name] = function () { throw name; };
await run();
value;
