// status: ok
// timeout: 20s
// value: "after"
// why: rejected and handled, by turns, in both orders
for (let round = 0; round < 100; round++) {
  const held = [];
  for (let i = 0; i < 1000; i++) held.push(Promise.reject(i));
  await null;
  if (round % 2) held.reverse();
  for (const p of held) p.catch(() => {});
}
'after';
