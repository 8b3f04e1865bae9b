echo 'const t = Date.now(); tools.t(); while (Date.now() - t < 300) ; "computed"' | cloche run - --tool t='sh -c "echo x > mark"'; cat mark
