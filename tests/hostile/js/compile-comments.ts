// status: ok
// timeout: 20s
// value: 2
// why: forty thousand comments, of which some look like ends and beginnings of others
@@40000*/*/ // * */ @@
const n: number /* : string = "*/ = /* ` ${ */ 2 // */ `
n;
