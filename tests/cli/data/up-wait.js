await tools.up();
await tools.t();
