# status: ok
# tools: echo
# value: [1,2,3]
# timeout: 3s
# why: a blocking call under a C function
sorted([3, 1, 2], key=lambda x: tools.echo(x))
