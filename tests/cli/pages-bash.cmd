command -v bash > /dev/null || exit 77; cloche pages bash > c; bash -n c && bash complete.sh c
