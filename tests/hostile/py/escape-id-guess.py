# status: ok
# value: true
# why: addresses are the guest's own
id(object()) < 2**32
