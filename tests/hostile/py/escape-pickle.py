# status: error
# code: uncaught_error
# why: a pickle that calls os.system
import pickle
pickle.loads(b'cos\nsystem\n(S"id"\ntR.')
