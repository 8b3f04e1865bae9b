# status: ok
# tools: fail
# value: "no"
# why: a rejection is an exception
try:
    tools.fail()
    r = 0
except Exception as e:
    r = str(e)
r
