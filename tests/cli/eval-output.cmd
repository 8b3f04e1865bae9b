cloche run -e 'console.log("a"); console.error("b"); await Promise.resolve([1])'
