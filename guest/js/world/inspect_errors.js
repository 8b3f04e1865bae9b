// ---- how inspect shows errors: their stacks, causes and own properties

// Name and message as Error.prototype.toString gives them, without asking the guest's version of it.
function errorHead(v) {
  const name = peek(v, 'name', undefined), message = peek(v, 'message', undefined);
  const n = name === undefined ? 'Error' : NativeString(name), m = message === undefined ? '' : NativeString(message);
  return n === '' ? m : m === '' ? n : n + ': ' + m;
}

// The engine's stacks are frames alone; those that a guest has written itself are texts of any form.
function shownStack(v) {
  const stack = peek(v, 'stack', undefined);
  if (!stack) return errorHead(v);
  const s = NativeString(stack);
  if (!beginsWith(s, '    at ')) return s;
  const frames = trimStack(s);
  return frames === '' ? errorHead(v) : errorHead(v) + '\n' + frames;
}

function showError(v, name, tag, keys, state) {
  const own = peek(v, 'name', undefined), message = peek(v, 'message', undefined);
  const ownName = own === undefined || own === null ? 'Error' : NativeString(own);
  let stack = shownStack(v);
  if (stack.length > state.room) stack = slice(stack, 0, max(state.room, 1000)) + '...';
  state.room -= stack.length;
  if (!state.hidden) {
    dropKeyInStack(keys, 'name', v, stack);
    dropKeyInStack(keys, 'message', v, stack);
    dropKeyInStack(keys, 'stack', v, stack);
  }
  if ('cause' in v && !hasKey(keys, 'cause')) keys[keys.length] = 'cause';
  if (isArray(peek(v, 'errors', undefined)) && !hasKey(keys, 'errors')) keys[keys.length] = 'errors';
  stack = withClassName(stack, name, ownName, tag);
  let from = typeof message === 'string' && message !== '' ? indexOf(stack, message) : -1;
  if (from >= 0) from += message.length;
  const frames = indexOf(stack, '\n    at', from);
  if (frames < 0) stack = '[' + stack + ']';
  else stack = slice(stack, 0, frames + 1) + withoutSharedFrames(slice(stack, frames + 1), v);
  return indentLines(stack, state.indent, state);
}

function hasKey(keys, key) {
  for (let i = 0; i < keys.length; i++) if (keys[i] === key) return true;
  return false;
}

function dropKeyInStack(keys, key, v, stack) {
  for (let i = 0; i < keys.length; i++) {
    if (keys[i] !== key) continue;
    const value = peek(v, key, undefined);
    if (typeof value === 'symbol' || indexOf(stack, value) < 0) return;
    for (; i + 1 < keys.length; i++) keys[i] = keys[i + 1];
    keys.length--;
    return;
  }
}

const nameOfStack = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n {4}at)/, nameAlone = /^([a-z_A-Z0-9-]*Error)$/;

// A stack begins with the error's name; that of its class stands there instead, or in addition.
function withClassName(stack, name, own, tag) {
  let length = own.length;
  const after = stack.length === length ? 10 : charCodeAt(stack, length);
  const regular = endsWith(own, 'Error') && beginsWith(stack, own) && (after === 10 || after === 58);
  if (name !== null && !regular) return stack;
  let fallback = 'Error';
  if (name === null) {
    const head = slice(stack, 0, 1000), found = matchText(nameOfStack, head) || matchText(nameAlone, head);
    fallback = found === null ? '' : found[1];
    length = fallback.length;
    if (fallback === '') fallback = 'Error';
  }
  const prefix = slice(prefixOf(name, tag, fallback, ''), 0, -1);
  if (own === prefix) return stack;
  if (indexOf(prefix, own) < 0) return prefix + ' [' + own + ']' + slice(stack, length);
  return length === 0 ? prefix + ': ' + stack : prefix + slice(stack, length);
}

function linesOf(s) {
  const out = listOf([]);
  let from = 0;
  for (let at = indexOf(s, '\n'); at >= 0; at = indexOf(s, '\n', from)) {
    out[out.length] = slice(s, from, at);
    from = at + 1;
  }
  out[out.length] = slice(s, from);
  return out;
}

// More than three frames in a row that an error has in common with its cause are shown once.
function withoutSharedFrames(frames, v) {
  const cause = peek(v, 'cause', undefined);
  if (typeof cause !== 'object' || cause === null || !isInstance(cause, NativeError)) return frames;
  const stack = shownStack(cause), start = indexOf(stack, '\n    at');
  if (start < 0 || frames.length > INSPECT_STRING || stack.length > INSPECT_STRING) return frames;
  const mine = linesOf(frames), theirs = linesOf(slice(stack, start + 1));
  for (let i = 0; i < mine.length - 3; i++) {
    let at = 0;
    while (at < theirs.length && theirs[at] !== mine[i]) at++;
    let same = 0;
    while (i + same < mine.length && at + same < theirs.length && mine[i + same] === theirs[at + same]) same++;
    if (same <= 3) continue;
    let out = '';
    for (let k = 0; k <= i; k++) out += mine[k] + '\n';
    out += '    ... ' + (same - 2) + ' lines matching cause stack trace ...';
    for (let k = i + same - 1; k < mine.length; k++) out += '\n' + mine[k];
    return out;
  }
  return frames;
}
