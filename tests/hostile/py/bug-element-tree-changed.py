# status: ok
# value: "fine,fine,fine,IndexError,IndexError,fine,fine,ValueError,fine"
# why: python/cpython issues 148625 and 143200: elements that remove each other while they are compared, sliced and searched
import xml.etree.ElementTree as ET
seen = []
class Tag(str):
    def __eq__(self, other):
        root.clear()
        return False
    __hash__ = str.__hash__
class Evil:
    def __index__(self):
        root.clear()
        return 1
for use in (lambda: list(root.iter(Tag('x'))), lambda: root.find(Tag('b')), lambda: root.findall(Tag('b')), lambda: root[Evil()], lambda: root.__setitem__(Evil(), ET.Element('z')), lambda: root.__delitem__(slice(Evil(), None)), lambda: root[Evil()::2], lambda: root.remove(ET.Element('q')), lambda: root.insert(Evil(), ET.Element('z'))):
    root = ET.Element('a')
    for i in range(50): ET.SubElement(ET.SubElement(root, 'b'), Tag('c')).text = 'x' * i
    try: use(); seen.append('fine')
    except Exception as e: seen.append(type(e).__name__)
','.join(seen)
