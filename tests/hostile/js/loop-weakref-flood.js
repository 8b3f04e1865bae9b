// status: timeout
// code: wall_time_limit
// why: WeakRefs made and dropped without end
for (;;) new WeakRef({}).deref();
