// ---- the compiler: what the host calls in a compiler cell; `compiler` is the bundle before this part

const COMPILED = 11;
function compile(text, syntax, rewrite, keep, factory, fragment) {
  const made = compiler.compile(text, syntax, rewrite, keep, factory, fragment);
  host(COMPILED, made.code, made.map);
}
