cloche help
