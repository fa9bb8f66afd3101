/** Gives `field` the height of its text, in browsers that do not do so by themselves. */
export function grow(field: HTMLTextAreaElement): void {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.blockSize = "auto";
  const { scrollHeight, offsetHeight, clientHeight } = field;
  field.style.blockSize = `${scrollHeight + offsetHeight - clientHeight}px`;
}
