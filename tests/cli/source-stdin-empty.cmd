cloche run - < /dev/null
