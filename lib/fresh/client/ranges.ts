/** Holds where an island is on the page. */
export interface IslandRange {
  /** Name of the component. */
  name: string;
  /** Index of its props. */
  index: number;
  /** Comment before the island. */
  start: Comment;
  /** Comment after the island. */
  end: Comment;
}

/** Holds the ranges that the server's comments mark. */
export interface Ranges {
  /** Islands that are not inside of another. */
  roots: IslandRange[];
  /** Nodes that were passed to islands as JSX, by id. */
  slots: Map<number, ChildNode[]>;
}

/** Finds the islands and slots below a node. */
export function readRanges(root: Node): Ranges {
  const ranges: Ranges = { roots: [], slots: new Map() };
  const open: Comment[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  while (walker.nextNode()) {
    const comment = walker.currentNode as Comment;
    if (comment.data.startsWith("frsh:")) open.push(comment);
    else if (comment.data.startsWith("/frsh:")) close(open.pop(), comment);
  }
  return ranges;

  function close(start: Comment | undefined, end: Comment): void {
    if (start === undefined) return;
    if (start.parentNode !== end.parentNode) {
      console.error(
        `Cannot hydrate "${start.data}" as the browser moved parts of it: check nesting`,
      );
    } else if (start.data.startsWith("frsh:slot:")) {
      ranges.slots.set(Number(start.data.split(":")[2]), siblingsBetween(start, end));
    } else if (open.length === 0) {
      ranges.roots.push({ ...parseIslandMarker(start), start, end });
    }
  }
}

/** Reads the name and index that an island's first comment carries. */
export function parseIslandMarker(comment: Comment): Pick<IslandRange, "name" | "index"> {
  const [, , name = "", index] = comment.data.split(":");
  return { name, index: Number(index) };
}

/** Lists the nodes between two siblings. */
export function siblingsBetween(start: ChildNode, end: ChildNode): ChildNode[] {
  const nodes: ChildNode[] = [];
  for (let node = start.nextSibling; node && node !== end; node = node.nextSibling) {
    nodes.push(node);
  }
  return nodes;
}
