/* JSON to values of the JavaScript guest that are frozen from birth: properties are defined read-only while the text is
 * parsed, so that no walk is needed afterwards. */
#ifndef CL_JS_DECODE_H
#define CL_JS_DECODE_H

#include "cell.h"

/** Parses the terminated JSON text at `at` in guest memory, which cl_json_check has passed before it was copied there;
 *  the text is used as scratch space. Gives the value, or JS_EXCEPTION when the guest has no memory left. Of equal keys
 *  in one object the first counts. Runs on the fiber; calls no guest function. */
uint64_t js_decode_frozen(cloche_cell *cell, cl_guest_ptr at, size_t len);

#endif
