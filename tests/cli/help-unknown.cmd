cloche help rum
