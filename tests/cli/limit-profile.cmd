for p in default llmz runner script plugin; do cloche run hello.js --profile $p | tail -1; done; cloche run hello.js --profile huge
