// status: timeout
// code: wall_time_limit
// module: t.js=for (;;);
// why: a module that never ends
import 't.js';
