console.log('hello', { from: 'the dome' });
6 * 7
