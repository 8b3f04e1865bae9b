// status: limit
// timeout: 20s
// code: stack_limit
// why: a tag that tags
const t = () => t`x`;
t`x`;
