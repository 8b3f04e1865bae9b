// status: timeout
// code: wall_time_limit
// why: a proxy whose then gives another such proxy, for ever
const next = () => new Proxy({}, { get: (target, key) => key === 'then' ? (yes) => yes(next()) : undefined });
return next();
