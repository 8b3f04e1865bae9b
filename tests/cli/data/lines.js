for (let i = 1; i <= 9000; i++) console.log('line', i, 'with some text to make it longer');
