// floatloop: floating point loops. An n-body simulation, a Mandelbrot count
// and the numeric integration of a function.

function makeBodies() {
  return [
    { x: 0, y: 0, z: 0, vx: 0, vy: 0, vz: 0, mass: 39.478 },
    { x: 4.841, y: -1.16, z: -0.103, vx: 0.606, vy: 2.811, vz: -0.025, mass: 0.0376 },
    { x: 8.343, y: 4.124, z: -0.403, vx: -1.01, vy: 1.825, vz: 0.0084, mass: 0.0112 },
    { x: 12.894, y: -15.111, z: -0.223, vx: 1.082, vy: 0.868, vz: -0.0108, mass: 0.0017 },
    { x: 15.379, y: -25.919, z: 0.179, vx: 0.979, vy: 0.594, vz: -0.0347, mass: 0.002 },
  ];
}

function step(bodies, dt) {
  for (let i = 0; i < bodies.length; i++) {
    const a = bodies[i];
    for (let j = i + 1; j < bodies.length; j++) {
      const b = bodies[j];
      const dx = a.x - b.x;
      const dy = a.y - b.y;
      const dz = a.z - b.z;
      const d2 = dx * dx + dy * dy + dz * dz;
      const mag = dt / (d2 * Math.sqrt(d2));
      a.vx -= dx * b.mass * mag;
      a.vy -= dy * b.mass * mag;
      a.vz -= dz * b.mass * mag;
      b.vx += dx * a.mass * mag;
      b.vy += dy * a.mass * mag;
      b.vz += dz * a.mass * mag;
    }
  }
  for (const body of bodies) {
    body.x += dt * body.vx;
    body.y += dt * body.vy;
    body.z += dt * body.vz;
  }
}

function energy(bodies) {
  let e = 0;
  bodies.forEach((a, i) => {
    e += 0.5 * a.mass * (a.vx ** 2 + a.vy ** 2 + a.vz ** 2);
    for (const b of bodies.slice(i + 1)) {
      const d = Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2 + (a.z - b.z) ** 2);
      e -= (a.mass * b.mass) / d;
    }
  });
  return e;
}

function mandelbrot(width, height, maxIterations) {
  let inside = 0;
  for (let py = 0; py < height; py++) {
    const cy = (py / height) * 2.4 - 1.2;
    for (let px = 0; px < width; px++) {
      const cx = (px / width) * 3.2 - 2.2;
      let x = 0;
      let y = 0;
      let i = 0;
      while (i < maxIterations && x * x + y * y < 4) {
        const next = x * x - y * y + cx;
        y = 2 * x * y + cy;
        x = next;
        i++;
      }
      if (i === maxIterations) inside++;
    }
  }
  return inside;
}

function integrate(f, from, to, steps) {
  const h = (to - from) / steps;
  let sum = (f(from) + f(to)) / 2;
  for (let i = 1; i < steps; i++) sum += f(from + i * h);
  return sum * h;
}

function main() {
  const bodies = makeBodies();
  for (let i = 0; i < 3800; i++) step(bodies, 0.01);
  const inside = mandelbrot(160, 120, 80);
  const area = integrate((x) => Math.sqrt(1 - x * x) / (1 + x * x), -0.99, 0.99, 190000);
  return [energy(bodies).toFixed(6), inside, area.toFixed(8)].join(":");
}

main();
