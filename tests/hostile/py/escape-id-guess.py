# status: ok
# value: true
# timeout: 3s
# why: addresses are the guest's own
id(object()) < 2**32
