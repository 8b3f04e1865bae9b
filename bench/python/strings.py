def bench():
    words = [f"word{i % 500}-{i}" for i in range(30_000)]
    text = " ".join(words)
    parts = text.upper().replace("WORD", "w").split()
    return sum(len(p) for p in parts if p.startswith("w1") and p[-1] in "13579")
