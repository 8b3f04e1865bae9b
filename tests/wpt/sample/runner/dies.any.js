test(() => {}, 'fine, but then');
document.createElement('a');
