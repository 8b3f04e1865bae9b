cloche run hello.js --tiemout=1s
