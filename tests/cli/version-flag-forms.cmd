cloche version --help | head -1; cloche version -- x; cloche version --jsno
