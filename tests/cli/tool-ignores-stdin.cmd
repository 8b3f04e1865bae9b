echo 'await tools.t("x".repeat(3e6)); "done"' | cloche run - --tool t=true
