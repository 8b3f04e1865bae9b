// Runs one script of the corpus in Node and prints {value | error, output} as JSON; check_in_node.py starts it.
// TypeScript's own compiler strips types and finds the statements whose values are the script's value.
'use strict';

const { spawn } = require('node:child_process');
const { Console } = require('node:console');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { Writable } = require('node:stream');
const { pathToFileURL } = require('node:url');

const settings = JSON.parse(process.argv[2]);
const ts = require(settings.typescript);

const compilerOptions = {
  target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, jsx: ts.JsxEmit.React,
  jsxFactory: 'jsxFactory', jsxFragmentFactory: 'jsxFragment',
};
const compile = (source, fileName) => ts.transpileModule(source, { fileName, compilerOptions }).outputText;

// ---- the script as the body of an async function

// The places whose value the script's would be if it were evaluated as a script.
function valuePlaces(statements, out) {
  for (let i = statements.length - 1; i >= 0; i--) {
    const s = statements[i];
    if (ts.isExpressionStatement(s)) return void out.push(s.expression);
    if (ts.isBlock(s)) return valuePlaces(s.statements, out);
    if (ts.isIfStatement(s)) {
      valuePlaces([s.thenStatement], out);
      return void (s.elseStatement && valuePlaces([s.elseStatement], out));
    }
    if (ts.isTryStatement(s)) {
      valuePlaces(s.tryBlock.statements, out);
      return void (s.catchClause && valuePlaces(s.catchClause.block.statements, out));
    }
    if (ts.isIterationStatement(s, false)) return valuePlaces([s.statement], out);
    if (ts.isSwitchStatement(s)) return s.caseBlock.clauses.forEach((c) => valuePlaces(c.statements, out));
    if (ts.isReturnStatement(s) || ts.isThrowStatement(s)) return;
  }
}

function dynamicImport(node) {
  const name = node.moduleSpecifier.text, clause = node.importClause;
  const load = `await importModule(${JSON.stringify(name)})`;
  if (!clause) return load + ';';
  const bindings = clause.namedBindings;
  let pattern = clause.name ? [`default: ${clause.name.text}`] : [];
  if (bindings && ts.isNamespaceImport(bindings))
    return `const ${bindings.name.text} = ${load};` +
      (clause.name ? `const ${clause.name.text} = ${bindings.name.text}.default;` : '');
  for (const e of bindings?.elements ?? []) pattern.push(`${(e.propertyName ?? e.name).text}: ${e.name.text}`);
  return `const { ${pattern.join(', ')} } = ${load};`;
}

const isExportWord = (node) => ts.isModifier(node) && /Export|Default/.test(ts.SyntaxKind[node.kind]);

function asBody(source) {
  const tree = ts.createSourceFile('script.js', source, ts.ScriptTarget.ES2022, true);
  const edits = [], places = [];
  valuePlaces(tree.statements, places);
  for (const e of places) edits.push([e.getStart(), e.getStart(), 'scriptValue = ('], [e.getEnd(), e.getEnd(), ')']);
  (function visit(node) {
    if (ts.isImportDeclaration(node)) edits.push([node.getStart(), node.getEnd(), dynamicImport(node)]);
    else if (ts.isExportDeclaration(node) || isExportWord(node)) edits.push([node.getStart(), node.getEnd(), '']);
    else if (node.kind === ts.SyntaxKind.ImportKeyword) edits.push([node.getStart(), node.getEnd(), 'importModule']);
    else ts.forEachChild(node, visit);
  })(tree);
  edits.sort((a, b) => b[0] - a[0]);
  for (const [start, end, text] of edits) source = source.slice(0, start) + text + source.slice(end);
  return `let scriptValue; const returned = await (async () => {\n${source}\n})(); ` +
    'return returned === undefined ? scriptValue : returned;';
}

// ---- what the script is given

const read = (...names) => fs.readFileSync(path.join(__dirname, ...names), 'utf8');

function deepFreeze(value) {
  if (value !== null && typeof value === 'object') Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

const callTool = (name) => (argument) => new Promise((resolve, reject) => {
  const child = spawn(settings.python, ['-S', '-E', path.join(__dirname, 'tools.py'), name]);
  let out = '', err = '';
  child.stdout.on('data', (data) => { out += data; });
  child.stderr.on('data', (data) => { err += data; });
  child.on('close', (code) => {
    if (code === 0) return resolve(deepFreeze(JSON.parse(out)));
    const { error } = JSON.parse(err);
    reject(Object.assign(new Error(error.message), { name: error.name, code: error.code, data: error.data }));
  });
  child.stdin.end(argument === undefined ? '' : JSON.stringify(argument));
});

const loaded = new Map();
async function importModule(name) {
  const file = settings.modules[name];
  if (file === undefined) throw new Error(`no module ${name}`);
  if (loaded.has(name)) return import(loaded.get(name));
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'module-'));
  process.on('exit', () => fs.rmSync(folder, { recursive: true }));
  const source = read('modules', file);
  const compiled = path.join(folder, 'module.mjs');
  fs.writeFileSync(compiled, file.endsWith('.ts') ? compile(source, file) : source);
  loaded.set(name, pathToFileURL(compiled));
  return import(loaded.get(name));
}

const output = [];
const collect = new Writable({
  write(chunk, encoding, done) {
    output.push(String(chunk).replace(/\n$/, ''));
    done();
  },
});

// ---- values as docs/REPORTS.md says

const bytes = (v) => Buffer.from(v.buffer ?? v, v.byteOffset ?? 0, v.byteLength).toString('base64');
const tagged = ($type, rest) => ({ $type, ...rest });

function encode(v, open = new Map(), at = '$') {
  const inner = (item, step) => encode(item, new Map(open).set(v, at), at + step);
  switch (typeof v) {
    case 'undefined': return tagged('undefined');
    case 'number':
      if (Number.isFinite(v) && !Object.is(v, -0)) return v;
      return tagged('number', { value: Object.is(v, -0) ? '-0' : String(v) });
    case 'bigint': return tagged('bigint', { value: String(v) });
    case 'symbol': return tagged('symbol', { description: v.description });
    case 'function': return tagged('function', { name: v.name });
    case 'object': break;
    default: return v;
  }
  if (v === null) return null;
  if (open.has(v)) return tagged('ref', { path: open.get(v) });
  if (Array.isArray(v)) return Array.from(v, (item, i) => inner(item, `[${i}]`));
  if (v instanceof Date) return tagged('date', { value: isNaN(v) ? null : v.toISOString() });
  if (v instanceof Error) return tagged('error', { name: v.name, message: v.message });
  if (v instanceof Map)
    return tagged('map', { entries: [...v].map((entry, i) => entry.map((item) => inner(item, `{${i}}`))) });
  if (v instanceof Set) return tagged('set', { values: [...v].map((item, i) => inner(item, `{${i}}`)) });
  if (v instanceof RegExp) return tagged('regexp', { source: v.source, flags: v.flags });
  if (ArrayBuffer.isView(v) || v instanceof ArrayBuffer)
    return tagged('bytes', { class: v.constructor.name, base64: bytes(v) });
  if (typeof v.toJSON === 'function') return inner(v.toJSON(''), '');
  const entries = Object.keys(v).map((k) => [k, inner(v[k], '.' + k)]);
  return Object.hasOwn(v, '$type') ? tagged('object', { entries }) : Object.fromEntries(entries);
}

// ---- the run

function finish(outcome) {
  fs.writeSync(1, JSON.stringify({ ...outcome, output }));
  process.exit(0);
}

function fail(e) {
  const error = e instanceof Error ? e : { name: 'Uncaught', message: String(e) };
  finish({ error: { name: error.name, message: error.message } });
}

async function main() {
  const source = fs.readFileSync(settings.file, 'utf8');
  const suffix = path.extname(settings.file);
  const script = suffix === '.js' ? source : compile(source, settings.file);
  const given = {
    tools: Object.fromEntries(settings.tools.map((name) => [name, callTool(name)])),
    context: deepFreeze(JSON.parse(settings.context ? read('files', settings.context) : '{}')),
    console: new Console(collect, collect),
    importModule,
    jsxFactory: (type, props, ...children) => ({ type, props: props ?? {}, children }),
    jsxFragment: 'fragment',
    require: undefined, process: undefined, Buffer: undefined,
  };
  process.on('unhandledRejection', fail);
  process.on('uncaughtException', fail);
  const AsyncFunction = (async () => {}).constructor;
  const value = await new AsyncFunction(...Object.keys(given), asBody(script))(...Object.values(given));
  finish(value === undefined ? {} : { value: encode(value) });
}

main().catch(fail);
