// status: error
// code: uncaught_error
// error: Error: x
// timeout: 20s
// memory: 256MiB
// why: forged frames in code that is twenty times as long as the source it was made from
enum @@1000*N@@ { @@4000*M#, @@ }
const e: any = new Error('x');
e.stack = ['main.tsx:6:8000000', 'main.tsx:6:4000000', 'main.tsx:99999:1'].map((s) => `    at ${s}\n`.repeat(1500)).join('');
throw e;
