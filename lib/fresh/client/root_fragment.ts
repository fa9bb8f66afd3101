import { siblingsBetween } from "./ranges.ts";

/**
 * Makes a stand-in for an element whose children are the nodes between two comments, so that Preact
 * can render there and leave what is around it alone.
 */
export function rootFragment(start: Comment, end: Comment): Element {
  const parent = start.parentNode as Element;
  const fragment = {
    nodeType: Node.ELEMENT_NODE,
    parentNode: parent,
    ownerDocument: parent.ownerDocument,
    namespaceURI: parent.namespaceURI,
    get firstChild() {
      return start.nextSibling === end ? null : start.nextSibling;
    },
    get childNodes() {
      return siblingsBetween(start, end);
    },
    insertBefore: (node: Node, before: Node | null) => parent.insertBefore(node, before ?? end),
    appendChild: (node: Node) => parent.insertBefore(node, end),
    removeChild: (node: Node) => parent.removeChild(node),
    contains: (node: Node | null) => {
      return siblingsBetween(start, end).some((child) => child.contains(node));
    },
  };
  return fragment as unknown as Element;
}
