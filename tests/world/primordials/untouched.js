// ours: nothing is replaced: what the others have to print
const {run, value} = await import('scenario');
await run();
value;
