// The entry of the compiler image's bundle: see types.js and script.js.
import {rewriteScript} from './script.js';
import {stripTypes} from './types.js';

const JSX = 1, TS = 2, TSX = 3; // enum cl_syntax in src/core/cell.h

// Where in the text an error is: line and column from 1, in code points.
function place(text, offset) {
  const before = text.slice(0, offset).split('\n');
  return {line: before.length, column: Array.from(before[before.length - 1]).length + 1};
}

export function compile(text, syntax, rewrite, keep, factory, fragment) {
  try {
    if (rewrite) return rewriteScript(text, keep);
    return stripTypes(text, {typescript: syntax === TS || syntax === TSX, jsx: syntax === JSX || syntax === TSX, factory, fragment});
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const plain = new SyntaxError(error.message.replace(/ \(\d+:\d+\)$/, ''));
    if (typeof error.pos === 'number') plain.data = place(text, error.pos);
    throw plain;
  }
}
