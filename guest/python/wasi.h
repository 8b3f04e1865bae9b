/* The types and numbers of WASI preview 1, from wasi-libc's own header; that header refuses every other target, though
 * its shapes mean the same on 64 bits (where pointers are wider), which is how the file system is tested natively. */
#ifndef CLOCHE_GUEST_WASI_H
#define CLOCHE_GUEST_WASI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __wasi__
#include <wasi/api.h>
#else
#define __wasi__ 1
#define __wasm32__ 1
#define _Static_assert(...) struct wasi_layout_of_wasm32
#include <wasm32-wasi/wasi/api.h>
#undef _Static_assert
#undef __wasm32__
#undef __wasi__
#endif

#endif
