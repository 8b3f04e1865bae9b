cloche version now
