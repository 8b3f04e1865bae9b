// expect: {"size": 16, "t": ["the", "to", "that"], "th": ["the", "that"], "none": [], "pattern": [5, 1, 1]}
class TrieNode {
  children: { [letter: string]: TrieNode } = Object.create(null);
  weight?: number;
}

class Trie {
  private root = new TrieNode();
  size = 0;

  insert(word: string, weight = 1): void {
    let node = this.root;
    for (const letter of word) node = node.children[letter] ??= new TrieNode();
    if (node.weight === undefined) this.size++;
    node.weight = (node.weight ?? 0) + weight;
  }

  *words(node = this.root, prefix = ''): Generator<[word: string, weight: number]> {
    if (node.weight !== undefined) yield [prefix, node.weight];
    for (const letter in node.children) yield* this.words(node.children[letter], prefix + letter);
  }

  complete(prefix: string, limit = 3): string[] {
    let node: TrieNode | undefined = this.root;
    for (const letter of prefix) if (!(node = node?.children[letter])) return [];
    return [...this.words(node, prefix)]
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .slice(0, limit)
      .map(([word]) => word);
  }

  /** '.' stands for any letter. */
  matches(pattern: string, node = this.root, at = 0): number {
    if (at === pattern.length) return Number(node.weight !== undefined);
    const letters = pattern[at] === '.' ? Object.keys(node.children) : [pattern[at]];
    return letters.reduce((n, l) => n + (l in node.children ? this.matches(pattern, node.children[l], at + 1) : 0), 0);
  }
}

const trie = new Trie();
const text = 'to be or not to be that is the question whether tis nobler in the mind to suffer the slings';
text.split(' ').forEach((word) => trie.insert(word));
trie.insert('toString', 0);

return { size: trie.size, t: trie.complete('t'), th: trie.complete('th', 5), none: trie.complete('xyz'), pattern: [trie.matches('..'), trie.matches('th..'), trie.matches('toString')] };
