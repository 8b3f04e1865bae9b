echo 'String(await tools.t())' | cloche run - --tool t=true; echo 'String(await tools.t())' | cloche run - --tool t=echo
