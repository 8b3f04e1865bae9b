// status: ok
// timeout: 20s
// value: 10000
// why: Promise.all and its kin over ten thousand evil thenables
const evil = () => ({ get then() { if (evil.n++ % 2) throw 1; return (yes, no) => { no(2); yes(3); throw 4; }; } });
evil.n = 0;
const list = Array.from({ length: 5000 }, evil);
const settled = await Promise.allSettled(list);
const any = await Promise.any(list).catch((e) => e.errors.length);
const race = await Promise.race(list).catch((e) => e);
settled.length + any;
