// status: ok
// timeout: 20s
// value: [2,true,"g",3,true,1,"/"]
// why: slashes that are division here and regular expressions there
let a: any = 4, b: any = 2, g: any = 1;
const one = a / b / g, two = /[/]\/(?<x>a)/.test('//a'), three = (a ? /x/g : /y/).flags;
function f(): number { return 3 } /x/g.test('x');
const four: number = f(), five: boolean = !/=/.test('');
const six = a++ / 4 / g;
const seven = `${ /`}/ && '/' }`;
[one, two, three, four, five, six === 1 ? 1 : six, seven];
