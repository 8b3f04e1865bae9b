# status: ok
# value: ["ParseError","ParseError","parsed"]
# timeout: 20s
# why: Lib/test/crashers/xml_parsers.py and CVE-2013-0340: entities in entities, and a document that is one deep hole
import xml.etree.ElementTree as ET
seen = []
doc = '<!DOCTYPE a [<!ENTITY e0 "' + 'lol' * 10 + '">' + ''.join('<!ENTITY e%d "%s">' % (i, '&e%d;' % (i - 1) * 10) for i in range(1, 12)) + ']><a>&e11;</a>'
for text in (doc, '<a>' * 100000, '<a ' + ' '.join('b%d=""' % i for i in range(100000)) + '/>'):
    try: ET.fromstring(text); seen.append('parsed')
    except Exception as e: seen.append(type(e).__name__)
seen
