// status: error|limit|ok
// code: syntax_error|stack_limit|memory_limit
// timeout: 20s
// why: thirty thousand ternaries in a row
const n: number = 7;
n === 0 ? 0 : @@30000*n === # ? # : @@-1;
