export const a = 1;
export default class K {}
export let f = () => 2;
