// status: timeout
// code: wall_time_limit
// why: import() of an object whose toString never answers
import({ toString() { for (;;); } });
