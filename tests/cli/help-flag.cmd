cloche --help | head -1; cloche -h | head -1; cloche run --help | head -1; cloche run -h | head -1
