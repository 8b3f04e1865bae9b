cloche run -e '[10n, new Map([[1, 2]]), NaN]'; cloche run -e 'new Uint8Array([1,2])'
