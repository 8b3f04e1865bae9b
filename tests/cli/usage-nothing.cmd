cloche
