const attempt = (f) => { try { f(); console.log('fine'); } catch (e) { console.log(e instanceof TypeError, e.constructor.name); } };
attempt(() => setTimeout(() => console.log('never'), Symbol('s')));
attempt(() => setTimeout(() => console.log('never'), 10n));
attempt(() => setInterval(() => console.log('never'), Symbol('s')));
try { setTimeout(() => console.log('never'), {valueOf() { throw 'mine'; }}); } catch (e) { console.log(e); }
