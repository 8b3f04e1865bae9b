// expect: {"titles": ["#11 Export stops at 1,000 rows", "#13 Login loops on Safari", "#17 Slow search with many tags"],
//   "requests": 2}
// tools: issues
class IssueStream {
  constructor(options) {
    this.options = options;
    this.requests = 0;
  }

  [Symbol.asyncIterator]() {
    let page = 1;
    let buffer = [];
    let finished = false;
    return {
      next: async () => {
        while (buffer.length === 0 && !finished) {
          const result = await tools.issues({ ...this.options, page });
          this.requests++;
          buffer = [...result.items];
          finished = page++ >= result.pages;
        }
        return buffer.length ? { value: buffer.shift(), done: false } : { value: undefined, done: true };
      },
      return: async () => ({ value: undefined, done: true }),
    };
  }
}

const bugs = new IssueStream({ state: 'open', per_page: 3 });
const titles = [];
for await (const issue of bugs) {
  if (!issue.labels.includes('bug')) continue;
  titles.push(`#${issue.number} ${issue.title}`);
  if (titles.length === 3) break;
}
({ titles, requests: bugs.requests })
