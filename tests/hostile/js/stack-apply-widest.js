// status: ok
// timeout: 20s
// value: 65000
// why: the widest calls fit on the stack
(function () { return arguments.length; })(...new Array(65000));
