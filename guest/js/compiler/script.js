// A script with a top-level return, import or export as the body of an async function: import becomes import(), the last
// statement's value is returned if it is an expression, and in a session what the top level declares outlives the run.
import {parse} from 'acorn';

import {mapOf} from './map.js';

const lineBreaks = (text) => text.replace(/[^\r\n]/g, '');

// Edits of a text: pieces that are replaced, in rising order. Line breaks of what is replaced stay.
class Edits {
  constructor(text) {
    this.text = text;
    this.list = [];
  }

  replace(start, end, text) { this.list.push({start, end, text}); }
  insert(at, text) { this.replace(at, at, text); }

  apply(head, tail) {
    let code = head, from = 0;
    const pairs = [];
    for (const edit of this.list.sort((a, b) => a.start - b.start || a.end - b.end)) {
      pairs.push([code.length, from]);
      code += this.text.slice(from, edit.start);
      pairs.push([code.length, edit.start]);
      code += edit.text + lineBreaks(this.text.slice(edit.start, edit.end));
      from = edit.end;
    }
    pairs.push([code.length, from]);
    code += this.text.slice(from) + tail;
    return {code, map: mapOf(code, this.text, pairs)};
  }
}

const raw = (text, node) => text.slice(node.start, node.end);
const keyOf = (text, node) => node.type === 'Literal' ? raw(text, node) : node.name;
const nameOf = (node) => node.type === 'Literal' ? node.value : node.name;

function namesIn(pattern, out) {
  switch (pattern?.type) {
    case 'Identifier': out.push(pattern.name); break;
    case 'ObjectPattern': for (const p of pattern.properties) namesIn(p.type === 'RestElement' ? p.argument : p.value, out); break;
    case 'ArrayPattern': for (const p of pattern.elements) namesIn(p, out); break;
    case 'AssignmentPattern': namesIn(pattern.left, out); break;
    case 'RestElement': namesIn(pattern.argument, out); break;
  }
  return out;
}

// What an import declaration binds: [pattern, value] pairs, the namespace first.
function importBindings(text, node) {
  const from = raw(text, node.source);
  const wanted = [], parts = [];
  let space;
  for (const s of node.specifiers) {
    if (s.type === 'ImportNamespaceSpecifier') {
      space = s.local.name;
      continue;
    }
    const imported = s.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(s.imported);
    wanted.push(JSON.stringify(imported));
    parts.push(s.type === 'ImportDefaultSpecifier' ? 'default: ' + s.local.name : keyOf(text, s.imported) + ': ' + s.local.name);
  }
  const value = wanted.length === 0 ? `await import(${from})` : `__imported(await import(${from}), ${from}, ${wanted.join(', ')})`;
  const pattern = parts.length > 0 ? '{' + parts.join(', ') + '}' : undefined;
  if (space === undefined) return [[pattern, value]];
  return pattern === undefined ? [[space, value]] : [[space, value], [pattern, space]];
}

function importCode(text, node, keep) {
  if (node.specifiers.length === 0) return `await import(${raw(text, node.source)});`;
  const pairs = importBindings(text, node).map(([pattern, value]) => pattern + ' = ' + value);
  return keep ? `;(${pairs.join(', ')});` : `const ${pairs.join(', ')};`;
}

// Imports come before everything else; those that stand behind other statements move to the head.
function rewriteImport(text, edits, node, keep, state) {
  for (const s of node.specifiers) state.lets.push(s.local.name);
  const code = importCode(text, node, keep);
  if (state.started) state.head += code;
  edits.replace(node.start, node.end, state.started ? '' : code);
}

// Declarations of a session become assignments to variables that live outside the function.
function rewriteVariables(text, edits, node, hoisted, open = ';(') {
  for (const d of node.declarations) namesIn(d.id, hoisted);
  edits.replace(node.start, node.declarations[0].start, open);
  for (const d of node.declarations)
    if (d.init === null) edits.insert(d.end, node.kind === 'var' ? '' : ' = void 0');
  edits.insert(node.declarations[node.declarations.length - 1].end, ')');
}

// `var` in blocks and loops belongs to the top level, too. `inList` says that a statement may stand before the node.
function rewriteVars(text, edits, node, state, inList = false) {
  const each = (nodes) => { for (const n of nodes) rewriteVars(text, edits, n, state, true); };
  const isVar = (n) => n?.type === 'VariableDeclaration' && n.kind === 'var';
  switch (node?.type) {
    case 'VariableDeclaration': if (isVar(node)) rewriteVariables(text, edits, node, state.vars, inList ? ';(' : '('); break;
    case 'FunctionDeclaration':
      state.vars.push(node.id.name);
      edits.insert(node.end, `;globalThis.${node.id.name} = ${node.id.name};`);
      break;
    case 'BlockStatement': each(node.body); break;
    case 'IfStatement': rewriteVars(text, edits, node.consequent, state); rewriteVars(text, edits, node.alternate, state); break;
    case 'ForStatement': rewriteVars(text, edits, node.init, state); rewriteVars(text, edits, node.body, state); break;
    case 'ForInStatement': case 'ForOfStatement':
      if (isVar(node.left)) {
        namesIn(node.left.declarations[0].id, state.vars);
        edits.replace(node.left.start, node.left.declarations[0].start, '');
      }
      rewriteVars(text, edits, node.body, state);
      break;
    case 'WhileStatement': case 'DoWhileStatement': case 'LabeledStatement': case 'WithStatement':
      rewriteVars(text, edits, node.body, state);
      break;
    case 'TryStatement': each(node.block.body); each(node.handler?.body.body ?? []); each(node.finalizer?.body ?? []); break;
    case 'SwitchStatement': for (const c of node.cases) each(c.consequent); break;
  }
}

function rewriteDeclaration(text, edits, node, keep, state) {
  if (!keep) return;
  if (node.type === 'VariableDeclaration' && /using$/.test(node.kind)) return; // disposed of at the end of the run
  if (node.type === 'VariableDeclaration') rewriteVariables(text, edits, node, node.kind === 'var' ? state.vars : state.lets);
  else if (node.type === 'FunctionDeclaration') state.functions.push(node.id.name);
  else if (node.type === 'ClassDeclaration') {
    state.lets.push(node.id.name);
    edits.insert(node.start, ';' + node.id.name + ' = ');
    edits.insert(node.end, ';');
  } else rewriteVars(text, edits, node, state);
}

function rewriteExport(text, edits, node, keep, state) {
  const inner = node.declaration;
  if (node.source) edits.replace(node.start, node.end, `await import(${raw(text, node.source)});`);
  else if (!inner) edits.replace(node.start, node.end, '');
  else {
    edits.replace(node.start, inner.start, '');
    const named = inner.id && /Declaration$/.test(inner.type) || inner.type === 'VariableDeclaration';
    if (named) rewriteDeclaration(text, edits, inner, keep, state);
    else {
      edits.insert(inner.start, '(');
      edits.insert(inner.end, ')');
    }
  }
}

const isDeclaration = (node) => /Declaration$/.test(node.type) && node.type !== 'ExportDefaultDeclaration';
const givesNothing = (node) => node.type === 'EmptyStatement' || node.type === 'FunctionDeclaration';

// `head` before an expression statement and its brackets, `)` behind them.
function wrapExpression(text, edits, node, head) {
  edits.insert(node.start, head);
  edits.insert(text[node.end - 1] === ';' ? node.end - 1 : node.end, ')');
}

// Has the statements that can be the last to give a value put it into a variable.
function keepValue(text, edits, node) {
  switch (node?.type) {
    case 'ExpressionStatement': wrapExpression(text, edits, node, edits.slot + ' = ('); break;
    case 'BlockStatement': for (const n of node.body) keepValue(text, edits, n); break;
    case 'IfStatement': keepValue(text, edits, node.consequent); keepValue(text, edits, node.alternate); break;
    case 'ForStatement': case 'ForInStatement': case 'ForOfStatement': case 'WhileStatement': case 'DoWhileStatement':
    case 'LabeledStatement': case 'WithStatement': keepValue(text, edits, node.body); break;
    case 'TryStatement': keepValue(text, edits, node.block); keepValue(text, edits, node.handler?.body); break;
    case 'SwitchStatement': for (const c of node.cases) for (const n of c.consequent) keepValue(text, edits, n); break;
  }
}

// Makes the value of the last statement that has one the function's; true: it is in the variable.
function returnLast(text, edits, body) {
  let last = body.length - 1, direct = true;
  for (; last >= 0 && isDeclaration(body[last]) || last >= 0 && body[last].type === 'EmptyStatement'; last--)
    direct &&= givesNothing(body[last]);
  const node = body[last];
  if (node?.type === 'ExportDefaultDeclaration') {
    if (!node.declaration.id && direct) edits.insert(node.start, 'return ');
    return false;
  }
  if (node?.type === 'ExpressionStatement' && direct) {
    wrapExpression(text, edits, node, 'return (');
    return false;
  }
  keepValue(text, edits, node);
  return node !== undefined;
}

const isModuleSyntax = (node) => /^(Import|Export)/.test(node.type);

export function rewriteScript(text, keep) {
  let slot = '__value';
  while (text.includes(slot)) slot += '_';
  const program = parse(text, {
    ecmaVersion: 'latest', sourceType: 'script', allowReturnOutsideFunction: true, allowAwaitOutsideFunction: true,
    allowImportExportEverywhere: true, allowHashBang: true, preserveParens: true,
  });
  const edits = new Edits(text), state = {lets: [], vars: [], functions: [], head: '', started: false};
  if (text.startsWith('#!')) edits.replace(0, text.search(/[\r\n]|$/), '');
  for (const node of program.body) {
    if (node.type === 'ImportDeclaration') rewriteImport(text, edits, node, keep, state);
    else if (isModuleSyntax(node)) rewriteExport(text, edits, node, keep, state);
    else rewriteDeclaration(text, edits, node, keep, state);
    state.started ||= node.type !== 'ImportDeclaration' && node.directive === undefined;
  }
  edits.slot = slot;
  const kept = returnLast(text, edits, program.body);
  const list = (word, names) => names.length === 0 ? '' : word + ' ' + [...new Set(names)].join(', ') + ';';
  const outside = keep ? list('let', state.lets) + list('var', [...state.vars, ...state.functions]) : '';
  const strict = program.body.some((node) => isModuleSyntax(node) || node.directive === 'use strict') ? '"use strict";' : '';
  const shared = state.functions.map((name) => `globalThis.${name} = ${name};`).join('');
  return edits.apply(outside + '(async function () {' + strict + (kept ? `let ${slot};` : '') + state.head + shared,
    kept ? `\n;return ${slot}})()` : '\n})()');
}
