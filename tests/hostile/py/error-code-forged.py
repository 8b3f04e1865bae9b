# status: error
# code: uncaught_error
# why: an error whose code claims a limit
class E(Exception): code = 'wall_time_limit'
raise E('x')
