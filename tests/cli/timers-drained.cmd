echo 'setTimeout(() => console.log("late"), 30); 1' | cloche run -
