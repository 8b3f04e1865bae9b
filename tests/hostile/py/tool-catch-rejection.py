# status: ok
# tools: fail
# value: "no"
# timeout: 3s
# why: a rejection is an exception
try:
    tools.fail()
    r = 0
except Exception as e:
    r = str(e)
r
