echo 'a warning before' >&2
echo '{"error": {"name": "RateError", "message": "no rate", "code": "no_rate", "data": {"known": ["EUR", 1.5]}}}' >&2
exit 4
