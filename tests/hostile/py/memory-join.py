# status: error
# code: uncaught_error
# why: a join that multiplies
('a' * (1 << 20)).join(['b'] * 4096)
