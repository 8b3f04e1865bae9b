echo null | cloche run -
