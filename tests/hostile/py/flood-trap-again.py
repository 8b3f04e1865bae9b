# status: error
# code: trap
# again: 8
# timeout: 10s
# why: bytecode that leaves its stack, in each run of a session
before.clear()
def f(): pass
f.__code__ = f.__code__.replace(co_code=b'\x97\x00' + b'\x01\x00' * 50 + b'\x53\x00')
f()
