// status: error
// code: uncaught_error
// error: Error: the end
// why: quickjs-ng issues 367 and 648: a registry, its target and what it holds are still there when the run ends with an error
globalThis.watched = { data: 'example' };
globalThis.registry = new FinalizationRegistry(held => { held.touched = globalThis.watched.data; });
registry.register(watched, { held: 'held' }, { token: 'token' });
registry.register(registry, registry);
watched.self = watched;
delete globalThis.watched;
throw new Error('the end');
