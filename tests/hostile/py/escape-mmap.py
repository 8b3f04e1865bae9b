# status: error
# code: uncaught_error
# why: no mappings
import mmap
mmap.mmap(-1, 4096)
