# status: ok
# value: "from Base"
# why: Lib/test/crashers/loosing_mro_ref.py and modify_dict_attr.py: a class's bases are replaced by a comparison while its attribute is looked up
class Base: mykey = 'from Base'
class Base2: mykey = 'from Base2'
class Evil:
    def __hash__(self): return hash('mykey')
    def __eq__(self, other): X.__bases__ = (Base2,); return NotImplemented
seen = []
for _ in range(50):
    try:
        X = type('X', (Base,), {Evil(): 5})
        seen.append(X.mykey)
    except Exception as e: seen.append(type(e).__name__)
','.join(sorted(set(seen)))
