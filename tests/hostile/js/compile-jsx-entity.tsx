// status: error
// code: syntax_error
// timeout: 20s
// why: an entity for a character beyond all characters
const x: any = <a t="&#xffffffff;">&#x7fffffff;&#99999999999999999999;</a>;
