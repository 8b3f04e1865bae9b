cloche run -e 1 --lang cobol; cloche run -e 1 --lang ''; cloche run -e 1 --lang 'js jsx'
