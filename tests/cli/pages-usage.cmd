cloche pages; cloche pages html; cloche pages man bash; cloche pages man > /dev/full
