await tools.t({ n: 1 });
