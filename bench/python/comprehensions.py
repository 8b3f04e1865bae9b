def bench():
    size = 60
    a = [[(i * j) % 17 for j in range(size)] for i in range(size)]
    b = [[(i + j) % 13 for j in range(size)] for i in range(size)]
    columns = list(zip(*b))
    c = [[sum(x * y for x, y in zip(row, column)) for column in columns] for row in a]
    return sum(map(sum, c))
