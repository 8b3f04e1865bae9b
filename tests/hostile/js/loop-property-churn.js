// status: timeout
// code: wall_time_limit
// why: properties with ever new names are added and deleted
const o = {};
for (let i = 0; ; i++) { o['k' + i] = i; delete o['k' + i]; }
