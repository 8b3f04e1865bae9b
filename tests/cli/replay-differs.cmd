cloche run -e 'console.log("a"); 1' --record a.rec; sed -i 's/(\\"a\\")/(\\"b\\")/' a.rec; cloche run --replay a.rec
