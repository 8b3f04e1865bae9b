// ---- errors

const OWN = '(native:'; // how stacks name this file
// Drops the frames of this file and of native functions.
function trimStack(stack) {
  let out = '', from = 0;
  while (from < stack.length) {
    let end = indexOf(stack, '\n', from);
    if (end < 0) end = stack.length;
    const line = slice(stack, from, end);
    if (line !== '' && indexOf(line, OWN) < 0 && indexOf(line, '(native)') < 0) out += (out === '' ? '' : '\n') + line;
    from = end + 1;
  }
  return out;
}

// What a guest reads in a callback of ours has our frames in it: they are none of its business.
if (stackDescriptor !== undefined) {
  const withoutOwn = (stack) => {
    let out = '', from = 0, between = '';
    while (from < stack.length) {
      let end = indexOf(stack, '\n', from);
      if (end < 0) end = stack.length;
      const line = slice(stack, from, end);
      if (indexOf(line, OWN) < 0) {
        out += between + line;
        between = '\n';
      }
      from = end + 1;
    }
    return out;
  };
  defineProperty(Error.prototype, 'stack', {__proto__: null, enumerable: false, configurable: true,
    set: stackDescriptor.set,
    get() {
      const stack = ownStack(this);
      return typeof stack === 'string' && indexOf(stack, OWN) >= 0 ? withoutOwn(stack) : stack;
    }});
}

// The stack of an error and, below it, those of its causes.
function stackOf(e) {
  let out = trimStack(text(peek(e, 'stack', ''), ''));
  for (let n = 0, cause = peek(e, 'cause', undefined); n < 5 && isError(cause); n++, cause = peek(cause, 'cause', undefined)) {
    const stack = trimStack(text(peek(cause, 'stack', ''), ''));
    out += (out === '' ? '' : '\n') + '[cause]: ' + text(peek(cause, 'name', ''), 'Error') + ': ' +
      text(peek(cause, 'message', ''), '') + (stack === '' ? '' : '\n' + stack);
  }
  return out;
}

function giveError(e) {
  let name = '', message = '', stack = '', code, data;
  if (typeof e === 'object' && e !== null || typeof e === 'function') {
    name = text(peek(e, 'name', ''), '');
    const m = peek(e, 'message', undefined);
    message = typeof m === 'string' ? m : isError(e) ? '' : inspect(e);
    stack = stackOf(e);
    code = peek(e, 'code', undefined);
    try { const d = peek(e, 'data', undefined); if (d !== undefined) data = stringify(d); } catch {}
    if (name === '') name = isError(e) ? 'Error' : 'Uncaught';
  } else {
    name = 'Uncaught';
    message = inspectPrimitive(e);
  }
  host(ERROR, name, message, stack, text(code, undefined), text(data, undefined));
}

// An error that the host raises in the guest: of a rejected call, or a limit. `e` was made where the call was.
function makeError(name, message, code, data, e = new NativeError()) {
  put(e, 'message', message);
  if (name !== 'Error') put(e, 'name', name);
  put(e, 'stack', trimStack(text(ownStack(e), '')));
  if (code !== undefined) defineProperty(e, 'code', {__proto__: null, value: code, writable: true, enumerable: true, configurable: true});
  if (data !== undefined) defineProperty(e, 'data', {__proto__: null, value: data, writable: true, enumerable: true, configurable: true});
  return e;
}

// A guest's Error.prepareStackTrace is handed neither frames nor functions of this file.
const prepare = getOwnPropertyDescriptor(NativeError, 'prepareStackTrace');
let prepareOfGuest, fileOf;
apply(prepare.set, NativeError, [(error, frames) => { fileOf = uncurry(frames[0].getFileName); }]);
new NativeError().stack;
apply(prepare.set, NativeError, [undefined]);
// A frame of the guest has a file's name; one of this file has 'native', one of a native function (`host` among them) none.
const isOfGuest = (frame) => { const file = fileOf(frame); return typeof file === 'string' && file !== 'native'; };
defineProperty(NativeError, 'prepareStackTrace', {
  __proto__: null, enumerable: false, configurable: true,
  get() { return prepareOfGuest; },
  set(f) {
    prepareOfGuest = f;
    apply(prepare.set, NativeError, [typeof f !== 'function' ? f : (error, frames) => {
      const shown = [];
      let count = 0;
      for (let i = 0; i < frames.length; i++)
        if (isOfGuest(frames[i]))
          defineProperty(shown, count++, {__proto__: null, value: frames[i], writable: true, enumerable: true, configurable: true});
      return f(error, shown);
    }]);
  },
});
