# status: ok|error
# code: uncaught_error
# timeout: 3s
# why: an integer with more digits than may be written
10 ** 5000
