// TypeScript and JSX to JavaScript by sucrase, with every token left in its line and, where only types were taken out, in
// its column: what is removed becomes blanks. So most positions need no map, and stacks are right as the engine gives them.
import {HelperManager} from 'sucrase/dist/esm/HelperManager.js';
import identifyShadowedGlobals from 'sucrase/dist/esm/identifyShadowedGlobals.js';
import NameManager from 'sucrase/dist/esm/NameManager.js';
import {parse} from 'sucrase/dist/esm/parser/index.js';
import {ContextualKeyword} from 'sucrase/dist/esm/parser/tokenizer/keywords.js';
import {TokenType as tt} from 'sucrase/dist/esm/parser/tokenizer/types.js';
import TokenProcessor from 'sucrase/dist/esm/TokenProcessor.js';
import RootTransformer from 'sucrase/dist/esm/transformers/RootTransformer.js';
import getClassInfo from 'sucrase/dist/esm/util/getClassInfo.js';
import getTSImportedNames from 'sucrase/dist/esm/util/getTSImportedNames.js';

import {mapOf} from './map.js';

const blank = (text) => text.replace(/[^\r\n]/g, ' ');

class BlankingProcessor extends TokenProcessor {
  blankToken() {
    const token = this.currentToken();
    this.resultCode += blank(this.code.slice(token.start, token.end));
  }

  removeInitialToken() {
    this.resultCode += this.previousWhitespaceAndComments();
    this.resultMappings[this.tokenIndex] = this.resultCode.length;
    this.blankToken();
    this.tokenIndex++;
  }

  removeToken() {
    this.resultCode += blank(this.previousWhitespaceAndComments());
    this.resultMappings[this.tokenIndex] = this.resultCode.length;
    this.blankToken();
    this.tokenIndex++;
  }
}

// Types of tokens that a transformer may want to see. Sucrase asks every transformer about every token; most are names and
// punctuation that all of them leave alone, and copying those at once takes two thirds off the time.
const wanted = new Set([
  tt._class, tt._import, tt._export, tt._async, tt._public, tt._protected, tt._private, tt._abstract, tt._readonly,
  tt._override, tt.nonNullAssertion, tt._enum, tt._const, tt.jsxTagStart, tt.parenR,
]);

class QuickTransformer extends RootTransformer {
  // Parameter properties must be there before the initialisers of fields run: in a class that has both, sucrase moves these
  // into the constructor. Other classes keep their fields as they are.
  processClass() {
    const before = this.disableESTransforms;
    const info = getClassInfo(this, this.tokens, this.nameManager, true);
    this.disableESTransforms = info.constructorInitializerStatements.length === 0;
    super.processClass();
    this.disableESTransforms = before;
  }

  processToken() {
    const tokens = this.tokens, i = tokens.tokenIndex, token = tokens.tokens[i];
    if (token.isType || wanted.has(token.type) || token.contextualKeyword === ContextualKeyword._async) {
      super.processToken();
      return;
    }
    tokens.resultCode += tokens.code.slice(i > 0 ? tokens.tokens[i - 1].end : 0, token.end);
    tokens.resultMappings[i] = tokens.resultCode.length - (token.end - token.start);
    tokens.tokenIndex = i + 1;
  }
}

function refuse(message, token) {
  const error = new SyntaxError(message);
  error.pos = token.start;
  throw error;
}

// What would vanish or fail without a word is refused by name.
function refuseUnsupported(code, tokens) {
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i], next = tokens[i + 1];
    if (token.type === tt.at) refuse('Decorators are not supported', token);
    if (token.isType || next === undefined) continue;
    if (token.type === tt._import && next.type === tt.name && tokens[i + 2]?.type === tt.eq)
      refuse('import x = … is not supported; write import x from …', token);
    if (token.type === tt._export && next.type === tt.eq) refuse('export = is not supported; write export default', token);
  }
  for (let i = 0; i + 2 < tokens.length; i++) {
    const token = tokens[i];
    if (token.contextualKeyword !== ContextualKeyword._namespace && token.contextualKeyword !== ContextualKeyword._module)
      continue;
    const before = tokens[i - 1];
    const declared = before !== undefined && before.type === tt._declare;
    const starts = before === undefined || before.end < token.start && /[\n;{}]/.test(code.slice(before.start, token.start)) ||
      before.type === tt._export;
    if (!declared && starts && tokens[i + 1].type === tt.name && (tokens[i + 2].type === tt.braceL || tokens[i + 2].type === tt.dot))
      refuse('Namespaces are not supported; use a module or an object', token);
  }
}

// Sucrase does not compare the names of tags.
function refuseOtherTags(code, tokens) {
  const open = [];
  const nameAt = (i) => {
    let end = i;
    while (tokens[end]?.type === tt.jsxName && tokens[end + 1]?.type === tt.dot) end += 2;
    return tokens[end]?.type === tt.jsxName ? code.slice(tokens[i].start, tokens[end].end) : '';
  };
  for (let i = 0; i + 1 < tokens.length; i++) {
    if (tokens[i].type === tt.slash && tokens[i + 1].type === tt.jsxTagEnd && tokens[i - 1].type !== tt.jsxTagStart) open.pop();
    if (tokens[i].type !== tt.jsxTagStart) continue;
    if (tokens[i + 1].type !== tt.slash) open.push(nameAt(i + 1));
    else {
      const name = nameAt(i + 2), wanted = open.pop();
      if (name !== wanted) refuse(`Expected </${wanted}> and not </${name}>`, tokens[i]);
    }
  }
}

export function stripTypes(code, {typescript, jsx, factory, fragment}) {
  const options = {
    transforms: [...(typescript ? ['typescript'] : []), ...(jsx ? ['jsx'] : [])],
    disableESTransforms: true, jsxRuntime: 'classic', production: true,
    jsxPragma: factory ?? '__jsx', jsxFragmentPragma: fragment ?? '"fragment"',
  };
  const file = parse(code, jsx, typescript, false);
  const {tokens, scopes} = file;
  if (typescript) refuseUnsupported(code, tokens);
  if (jsx) refuseOtherTags(code, tokens);
  const nameManager = new NameManager(code, tokens);
  const helperManager = new HelperManager(nameManager);
  const tokenProcessor = new BlankingProcessor(code, tokens, false, true, helperManager);
  if (typescript) identifyShadowedGlobals(tokenProcessor, scopes, getTSImportedNames(tokenProcessor));
  const context = {tokenProcessor, scopes, nameManager, importProcessor: null, helperManager};
  const result = new QuickTransformer(context, options.transforms, false, options).transform();
  const pairs = [];
  for (let i = 0; i < tokens.length; i++)
    if (result.mappings[i] !== undefined) pairs.push([result.mappings[i], tokens[i].start]);
  return {code: result.code, map: mapOf(result.code, code, pairs)};
}
