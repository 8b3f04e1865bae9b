// status: ok
// timeout: 20s
// value: "inside"
// why: a last line that would comment out the end of the function around it
if (false) return 0;
return 'inside'; // <!-- -->
<!-- }) (); globalThis.out = 1;
--> still a comment /*
