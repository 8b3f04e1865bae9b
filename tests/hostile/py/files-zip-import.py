# status: ok
# value: true
# timeout: 8s
# why: archives of noise on the import path
import random, sys, zipfile, importlib
random.seed(5)
for i in range(40):
    path = f'/tmp/{i}.zip'
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z: z.writestr(f'm{i}.py', 'x = 1\n' * 100)
    data = bytearray(open(path, 'rb').read())
    for _ in range(6): data[random.randrange(len(data))] = random.randrange(256)
    open(path, 'wb').write(data)
    sys.path.append(path)
    try: importlib.import_module(f'm{i}')
    except Exception: pass
True
