[ "$(id -u)" = 0 ] && exit 77
chmod 0 hello.js; cloche run hello.js
