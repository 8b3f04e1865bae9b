# status: limit
# code: memory_limit
# why: a join that multiplies
('a' * (1 << 20)).join(['b'] * 4096)
