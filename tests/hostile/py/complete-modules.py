# status: ok
# complete: import plan
# names: ["planted"]
# why: modules that are none, under names that run
import sys
class Name(str):
    def partition(self, what):
        print("ran")
        return (self, "", "")
    def startswith(self, what):
        print("ran")
        return True
sys.modules[Name("planted2")] = 1
sys.modules["planted"] = 5
class Modules(dict):
    def __iter__(self):
        print("ran")
        return dict.__iter__(self)
sys.modules = Modules(sys.modules)
