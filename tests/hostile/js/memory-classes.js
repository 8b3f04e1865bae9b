// status: limit
// code: memory_limit
// timeout: 20s
// memory: 16MiB
// why: a class that extends the one before
let C = class {};
for (;;) C = class extends C { static s = 1; #p = 2; m() { return this.#p; } };
