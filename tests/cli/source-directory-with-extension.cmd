mkdir d.ts; cloche run d.ts
