cloche run --replay a.rec
