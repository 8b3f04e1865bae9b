echo 'await new Promise(() => {})' | cloche run -
