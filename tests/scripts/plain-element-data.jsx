// expect: {"type": "panel", "props": {"title": "Inbox", "open": true}, "children": [{"type": "text", "props": {},
//   "children": ["Hello ", "Ada"]}, {"type": "badge", "props": {"count": 3}, "children": []}]}
const user = { name: 'Ada', unread: 3 };
const tree = (
  <panel title="Inbox" open>
    <text>Hello {user.name}</text>
    <badge count={user.unread} />
  </panel>
);
return tree;
