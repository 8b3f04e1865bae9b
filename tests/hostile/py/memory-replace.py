# status: limit
# code: memory_limit
# why: a replacement that multiplies
('a' * (1 << 16)).replace('a', 'b' * (1 << 16))
