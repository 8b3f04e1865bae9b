// status: ok
// timeout: 20s
// value: 1
// why: fifteen hundred types and not one statement
@@1500*interface I# extends J<I#[]> { readonly a?: string | number; [k: string]: unknown; m<T>(x: T): x is T; }\n@@
1;
