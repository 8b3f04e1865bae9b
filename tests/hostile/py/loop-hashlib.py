# status: timeout
# code: wall_time_limit
# why: one call of a key derivation with many rounds
import hashlib
hashlib.pbkdf2_hmac('sha256', b'a', b'b', 10**9)
