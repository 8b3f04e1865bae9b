// status: error
// timeout: 20s
// code: syntax_error
// why: a strict program with a with statement; it must not be run in another mode after the error
'use strict';
with ({}) { for (;;); }
