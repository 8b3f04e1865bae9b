cloche run -e 'display("text"); display("# title\n", "text/markdown"); display(new Uint8Array([137,80,78,71,13,10,26,10]));
display("<b>bold</b>", "text/html"); display({a: [1]}); display([1, 2]); console.log("between"); display("<svg/>", "svg"); display("a,b\n1,2\n", "csv")'
