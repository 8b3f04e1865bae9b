echo 'console.log("h\u00e9 \u{1f514}")' | cloche run -
