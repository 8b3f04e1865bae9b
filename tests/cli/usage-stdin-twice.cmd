cloche run - --context -; cloche run - --module a=- --module b=-
