# status: ok
# complete: from planted import go
# names: ["got"]
# why: a module that is an object with properties
import sys
class Trap:
    @property
    def got(self):
        print("ran")
        return 1
    def __getattr__(self, name):
        print("ran")
        return 1
sys.modules["planted"] = Trap()
