# status: timeout
# code: wall_time_limit
# memory: 128MiB
# why: conversion of a large number to text, quadratic in C
import sys
sys.set_int_max_str_digits(0)
x = 1 << 40_000_000
len(str(x))
