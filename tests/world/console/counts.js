console.count(); console.count(); console.count('x'); console.count('default'); console.countReset(); console.count(); console.count(undefined); console.count(null); console.count(1); console.count({});
console.countReset('x'); console.count('x'); console.countReset('never'); console.count('%s'); console.count('');
