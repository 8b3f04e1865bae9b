// status: limit
// code: display_limit
// timeout: 20s
// why: display without end runs into its limit, which nobody catches
for (;;) display('x'.repeat(100000));
