# status: error
# code: uncaught_error
# why: no foreign functions
import ctypes
ctypes.string_at(0)
