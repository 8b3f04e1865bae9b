for (const key of Object.keys(DOMException)) console.log(key, DOMException[key], DOMException.prototype[key]);
