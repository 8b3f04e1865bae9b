// ours: the guest replaces URL, TextDecoder, Headers, Blob, crypto and performance, and harms only itself
const {run, value, replace} = await import('scenario');
for (const C of [URL, URLSearchParams, TextEncoder, TextDecoder, Headers, Blob]) { replace(C.prototype); replace(C); }
for (const object of [crypto, crypto.subtle, performance]) { replace(object); replace(Object.getPrototypeOf(object)); }
await run();
value;
