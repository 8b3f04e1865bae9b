// status: error|ok
// code: syntax_error|uncaught_error
// timeout: 20s
// why: control characters, separators, a byte order mark and joiners between the tokens
﻿let a: number = 1;  let b﻿: string = "  ";‍
​
