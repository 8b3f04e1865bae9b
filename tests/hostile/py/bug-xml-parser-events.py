# status: ok
# value: ["ValueError","fine","ValueError","ValueError","fine"]
# why: python/cpython issue 139210: the events that a parser shall report are changed while they are read
import xml.etree.ElementTree as ET
seen = []
class Events(list):
    def __iter__(self):
        parser.__init__()
        return iter(['start', 'end', 'bogus', 'start-ns', 'pi'])
for events in (Events(), ['start'] * 5000, [1], 'start', [b'end']):
    parser = ET.XMLParser()
    try: parser._setevents([], events); parser.feed('<a><b/></a>'); seen.append('fine')
    except Exception as e: seen.append(type(e).__name__)
seen
