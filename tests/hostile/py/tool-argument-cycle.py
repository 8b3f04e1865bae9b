# status: error|limit
# code: uncaught_error|argument_limit
# tools: echo
# why: an argument that holds itself
x = []
x.append(x)
tools.echo(x)
