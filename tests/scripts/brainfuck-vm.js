// expect: [{"output": "Hello World!", "steps": 580}, "xobdnas", ["unmatched [", "unmatched ]"]]
function compile(source) {
  const program = [];
  const open = [];
  for (const op of source.match(/[-+<>[\].,]/g) ?? []) {
    const last = program.at(-1);
    if ('+-<>'.includes(op) && last?.op === op) {
      last.n++;
      continue;
    }
    const instruction = { op, n: 1 };
    if (op === '[') open.push(program.length);
    if (op === ']') {
      if (open.length === 0) throw new SyntaxError('unmatched ]');
      instruction.n = open.pop();
      program[instruction.n].n = program.length;
    }
    program.push(instruction);
  }
  if (open.length) throw new SyntaxError('unmatched [');
  return program;
}

function run(program, input = '') {
  const tape = new Uint8Array(3000);
  let [pc, at, read, steps, output] = [0, 0, 0, 0, ''];
  while (pc < program.length) {
    const { op, n } = program[pc];
    steps++;
    switch (op) {
      case '+': tape[at] += n; break;
      case '-': tape[at] -= n; break;
      case '>': at += n; break;
      case '<': at -= n; break;
      case '.': output += String.fromCharCode(tape[at]); break;
      case ',': tape[at] = read < input.length ? input.charCodeAt(read++) : 0; break;
      case '[': if (tape[at] === 0) pc = n; break;
      case ']': if (tape[at] !== 0) pc = n; break;
    }
    pc++;
  }
  return { output, steps };
}

const hello = '++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.';
const reverse = '>,[>,]<[.<]';
const broken = ['[', ']['].map((source) => {
  try {
    return compile(source);
  } catch (e) {
    return e.message;
  }
});
return [run(compile(hello)), run(compile(reverse), 'sandbox').output, broken];
