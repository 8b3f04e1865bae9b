cloche help run
