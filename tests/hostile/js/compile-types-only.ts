// status: ok
// timeout: 20s
// memory: 256MiB
// value: 1
// why: most of a mebibyte of types and not one statement
@@5000*interface I# extends J<I#[]> { readonly a?: string | number; [k: string]: unknown; m<T>(x: T): x is T; }\n@@
1;
