// status: ok
// value: ["0,0,false","0,0,false","0,0,false","0,-1,false","0,-1,false","0,-1,false","0,-1,false","-1,99,false","-1,99,false","-1,99,false","0,0,false","0,0,false"]
// why: quickjs-ng issue 1139 (Big Sleep): start indices of TypedArray.indexOf that lose their precision as they are made relative
const view = new Float64Array(100).fill(1.5);
const starts = [-1e-300, -0.5, -100.9, -101, -(2 ** 31) - 0.5, -(2 ** 53), -Infinity, 2 ** 53, 2 ** 31, 99.999999999999999, NaN, -5e-324];
starts.map(s => [view.indexOf(1.5, s), view.lastIndexOf(1.5, s), view.includes(undefined, s)].join());
