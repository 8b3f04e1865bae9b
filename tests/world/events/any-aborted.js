const any = AbortSignal.any([new AbortController().signal, AbortSignal.abort('first'), AbortSignal.abort('second')]);
console.log(any.aborted, any.reason);
any.onabort = () => console.log('never');
console.log(AbortSignal.any([]).aborted);
