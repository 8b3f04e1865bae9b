# status: error
# code: uncaught_error
# why: no shared objects
import importlib.machinery, importlib.util
s = importlib.util.spec_from_file_location('x', '/tmp/x.so', loader=importlib.machinery.ExtensionFileLoader('x', '/tmp/x.so'))
importlib.util.module_from_spec(s)
