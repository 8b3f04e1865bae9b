// status: timeout
// code: wall_time_limit
// why: the kill comes inside eval inside a getter of a class being defined
try { class A { static x = eval('try { for (;;); } catch (e) { for (;;); }'); } } catch { for (;;); }
