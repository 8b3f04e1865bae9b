// status: timeout
// code: wall_time_limit
// why: the construct trap never answers
new (new Proxy(class {}, { construct() { for (;;); } }))();
