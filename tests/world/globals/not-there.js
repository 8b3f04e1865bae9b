// ours: what other hosts have and a cell has not, so that nothing of it appears by accident
const names = 'process require module exports __dirname __filename Buffer global window self document navigator location ' +
  'fetch Request Response FormData File ReadableStream WritableStream TransformStream WebSocket XMLHttpRequest Worker ' +
  'MessageChannel BroadcastChannel localStorage indexedDB WebAssembly Atomics SharedArrayBuffer setImmediate Intl ' +
  'alert prompt confirm print gc std os bjson scriptArgs load quit host native reportError importScripts Deno Bun $262';
const found = [];
for (const name of names.split(' ')) if (name in globalThis || eval(`typeof ${name}`) !== 'undefined') found.push(name);
console.log(found.length === 0 ? 'none' : found.join(' '));
