// status: ok
// timeout: 20s
// value: "after"
// why: twenty thousand calls of each method of the console
for (const name of Object.keys(console))
  if (typeof console[name] === 'function')
    for (let i = 0; i < 20000; i++) console[name]('label' + i % 50, name === 'table' ? [] : i);
for (let i = 0; i < 2000000; i++) console.groupEnd();
'after';
