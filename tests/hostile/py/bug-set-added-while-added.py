# status: ok
# value: [true,false,true]
# why: python/cpython issues 139071 and 141805: an element adds itself while its place is looked for, then the set is printed
tasks = set()
class Dummy:
    def __hash__(self): return 0
class Trigger:
    n = 0
    def __hash__(self): return 0
    def __eq__(self, other):
        if self.n < 1:
            self.n += 1
            tasks.add(self)
        return False
for _ in range(50):
    tasks.add(Dummy()); tasks.add(Dummy()); tasks.pop(); tasks.add(Trigger())
    Trigger.n = 0
    text = repr(tasks)
[len(tasks) > 0, len(list(tasks)) == len(tasks), len(sorted(tasks, key=id)) > 0]
