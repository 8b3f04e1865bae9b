// status: error|limit
// code: uncaught_error|stack_limit
// timeout: 20s
// why: a component that is made of itself
const Self = (): any => <Self />;
<Self />;
