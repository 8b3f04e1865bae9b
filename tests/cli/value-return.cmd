printf 'if (1) return { ok: true };\nnever()\n' | cloche run -
