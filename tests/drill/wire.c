/* Drills: what a worker might send. The frames go by the channel's own descriptor, past the worker's code. */

#include "attempt.h"
const drill drill_wire[] = {{0}};
