/** Writes down what goes to the console as a warning or an error, until it is disposed of. */
export function watchConsole(): Disposable & { lines: string[] } {
  const { error, warn } = console;
  const lines: string[] = [];
  console.error = console.warn = (...words) => lines.push(words.join(" "));
  return { lines, [Symbol.dispose]: () => Object.assign(console, { error, warn }) };
}
