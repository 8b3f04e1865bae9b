// status: timeout
// code: wall_time_limit
// tools: echo
// why: a getter of the argument never answers
await tools.echo({ get a() { for (;;); } });
