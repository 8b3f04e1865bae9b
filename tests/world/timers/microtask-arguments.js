queueMicrotask(function () { 'use strict'; console.log(arguments.length, this); }, 'not', 'given');
