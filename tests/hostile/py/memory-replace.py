# status: error
# code: uncaught_error
# why: a replacement that multiplies
('a' * (1 << 16)).replace('a', 'b' * (1 << 16))
