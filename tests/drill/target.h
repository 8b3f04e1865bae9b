/* What the drills attack: a file, sockets and a process of the test's own. */
#ifndef DRILL_TARGET_H
#define DRILL_TARGET_H

#include "drill.h"

/** A file in a new folder, a port and two Unix sockets that listen, this process. False: errno says what failed. */
bool target_make(drill_target *out);

/** The file is there and as it was, and what a drill would make is not. */
bool target_is_whole(const drill_target *target);

/** A folder beside the file, with a file "inside" in it, to be mounted; -1: errno says what failed. */
int target_make_folder(const drill_target *target);

void target_remove(const drill_target *target);

#endif
