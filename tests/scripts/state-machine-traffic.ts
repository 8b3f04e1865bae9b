// expect: {"trace": ["red+TICK=red", "red+TICK=green", "green+RESET=green", "green+TICK=green", "green+FAULT=blinking",
//   "blinking+TICK=blinking", "blinking+RESET=red"], "end": {"light": "red", "elapsed": 0, "changes": 8},
//   "start": {"light": "red", "elapsed": 0, "changes": 0}}
type Light = 'red' | 'green' | 'yellow' | 'blinking';
type Signal = { type: 'TICK'; seconds: number } | { type: 'FAULT' } | { type: 'RESET' };
interface State { readonly light: Light; readonly elapsed: number; readonly changes: number }

const duration = { red: 30, green: 25, yellow: 5, blinking: Infinity } satisfies Record<Light, number>;
const next: Record<Exclude<Light, 'blinking'>, Light> = { red: 'green', green: 'yellow', yellow: 'red' };

function reduce(state: State, signal: Signal): State {
  switch (signal.type) {
    case 'FAULT':
      return { light: 'blinking', elapsed: 0, changes: state.changes + 1 };
    case 'RESET':
      return state.light === 'blinking' ? { ...state, light: 'red', elapsed: 0 } : state;
    case 'TICK': {
      let { light, elapsed, changes } = state;
      elapsed += signal.seconds;
      while (light !== 'blinking' && elapsed >= duration[light]) {
        elapsed -= duration[light];
        light = next[light];
        changes++;
      }
      return { light, elapsed, changes };
    }
  }
}

const signals: Signal[] = [
  { type: 'TICK', seconds: 29 },
  { type: 'TICK', seconds: 2 },
  { type: 'RESET' },
  { type: 'TICK', seconds: 125 },
  { type: 'FAULT' },
  { type: 'TICK', seconds: 1000 },
  { type: 'RESET' },
];

const start: State = Object.freeze({ light: 'red', elapsed: 0, changes: 0 });
const trace: string[] = [];
const end = signals.reduce((state, signal) => {
  const after = reduce(state, signal);
  trace.push(`${state.light}+${signal.type}=${after.light}`);
  return after;
}, start);
return { trace, end, start };
