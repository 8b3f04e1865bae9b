# status: ok
# value: 1
# why: builtins replaced: the guest harms itself alone
import builtins
builtins.__import__ = builtins.print = builtins.len = builtins.repr = None
1
