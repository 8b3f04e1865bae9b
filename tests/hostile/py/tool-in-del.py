# status: ok|error|timeout
# code: uncaught_error|wall_time_limit
# tools: echo
# why: a blocking call in a finaliser
class A:
    def __del__(self): tools.echo(1)
A()
1
