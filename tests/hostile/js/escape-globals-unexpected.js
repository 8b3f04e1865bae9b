// status: ok
// timeout: 20s
// value: []
// why: names that engines and hosts are known to leave behind
['std', 'os', 'bjson', 'process', 'require', 'module', 'exports', '__filename', '__dirname', 'scriptArgs', 'print', 'load', 'loadScript',
  'gc', 'Worker', 'Buffer', 'Deno', 'Bun', 'WebAssembly', 'XMLHttpRequest', 'java', 'native', 'host_call', '__host', '__bootstrap',
  '__import', 'navigator', 'global', 'window', 'evalScript', 'createRealm'].filter((n) => n in globalThis);
