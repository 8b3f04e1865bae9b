/* Which sanitizer this is built with, under either compiler's way of saying so. */
#ifndef CL_SANITIZERS_H
#define CL_SANITIZERS_H

#if defined(__SANITIZE_ADDRESS__)
#define CL_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CL_ASAN 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define CL_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define CL_TSAN 1
#endif
#endif

#ifdef CL_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#ifdef CL_TSAN
#include <sanitizer/tsan_interface.h>
#endif

#endif
