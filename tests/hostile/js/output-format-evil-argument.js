// status: ok
// timeout: 20s
// value: "after"
// why: directives that convert arguments whose conversion throws
const evil = { toString() { throw new Error('a'); }, valueOf() { throw new Error('b'); }, [Symbol.toPrimitive]() { throw new Error('c'); } };
try { console.log('%s %d %i %f %j %o %O %c', evil, evil, evil, evil, evil, evil, evil, evil); } catch {}
'after';
