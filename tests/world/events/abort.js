const controller = new AbortController(), {signal} = controller;
console.log(signal.aborted, signal.reason, signal.onabort, controller.signal === signal);
signal.throwIfAborted();
signal.addEventListener('abort', function (e) { console.log(this === signal, e.type, e.target === signal, e.bubbles, e.cancelable, e.isTrusted, signal.aborted); });
console.log(controller.abort());
console.log(signal.aborted, signal.reason instanceof DOMException, signal.reason.name, signal.reason.code, signal.reason.message);
controller.abort('again');
console.log(signal.reason.name);
