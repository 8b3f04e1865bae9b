// status: ok
// timeout: 20s
// value: "after"
// why: twenty thousand format specifiers with arguments for all and for none
for (const how of ['%s', '%o', '%O', '%d', '%j', '%c', '%%', '%x', '%'])
  for (const args of [[], Array(20000).fill({ a: 1 })]) try { console.log(how.repeat(20000), ...args); } catch {}
'after';
