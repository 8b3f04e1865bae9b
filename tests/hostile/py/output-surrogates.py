# status: ok
# value: 1
# timeout: 3s
# why: text that is no UTF-8
print('\ud800' + chr(0xdfff))
1
