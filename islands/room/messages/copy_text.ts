/**
 * Copies `text`; where the clipboard is out of reach (it is, over plain HTTP), marks the text of
 * `element` instead, to be copied by hand. Tells whether it was copied.
 */
export async function copyText(text: string, element: Element | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (element !== null) getSelection()?.selectAllChildren(element);
    return false;
  }
}
