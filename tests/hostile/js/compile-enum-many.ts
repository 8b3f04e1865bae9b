// status: ok
// timeout: 20s
// value: [4000,3999]
// memory: 256MiB
// why: an enum of four thousand members
enum E { @@4000*M#, @@ }
[Object.keys(E).length / 2, E.M3999];
