# status: limit|error
# code: argument_limit|uncaught_error
# tools: echo
# timeout: 5s
# why: an argument larger than allowed
tools.echo('x' * (4 << 20))
