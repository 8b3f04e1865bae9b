// between two timers all jobs are done
for (let i = 0; i < 3; i++)
  setTimeout(() => {
    console.log('timer', i);
    queueMicrotask(() => console.log('microtask', i));
    Promise.resolve().then(() => console.log('then', i)).then(() => console.log('then again', i));
  }, 1);
void 0;
