# status: error|ok
# code: uncaught_error
# why: threads are not there
import threading
threading.stack_size(1 << 20)
threading.Thread(target=print).start()
