echo '{"a": 1}' | cloche run -e context.a --context -; echo '{}' | cloche run - --context -
