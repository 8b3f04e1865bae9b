# status: ok|error
# code: uncaught_error
# timeout: 3s
# why: builtins replaced: the guest harms itself alone
import builtins
builtins.__import__ = builtins.print = builtins.len = builtins.repr = None
1
