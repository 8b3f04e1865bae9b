echo 'const rate = 3; function tax(x) { return x * rate }' > tax.js; cloche image build --preload tax.js -o tax.img | sed -E 's/[0-9a-f]{64}/ID/'; cloche run --image tax.img -e 'tax(2)'; cloche run -e 'typeof tax'
cloche image build --preload tax.js -o again.img > id; cmp tax.img again.img; echo '{"id":"a","code":"tax(5)"}' | cloche jsonl --image tax.img
echo 'throw new Error("no")' > bad.js; cloche image build --preload bad.js -o x.img; echo $?; ls x.img; cloche image build --preload missing.js -o x.img; echo $?
cloche image build; echo $?; cloche image list --preload x; echo $?; cloche run --image tax.js -e 1; echo $?; head -c 100000 tax.img > cut.img; cloche run --image cut.img -e 1; echo $?
