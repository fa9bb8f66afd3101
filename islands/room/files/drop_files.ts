/** Files that were dropped or pasted. */
export interface FoundFiles {
  /** Those that can be sent. */
  files: File[];
  /** Whether a folder was among them, which nobody can read as a file. */
  hasFolder: boolean;
}

/** What is done with what is dragged over the page, and with what was let go of. */
export interface DropHandlers {
  /** Whether files are welcome now. */
  isWelcome: () => boolean;
  /** Files come over the page. */
  onOver: () => void;
  /** Files were dropped, or pasted. */
  onFound: (found: FoundFiles) => void;
}

/** Finds the files in what was dropped or pasted; call it in the event, for later it is empty. */
export function filesOf({ items, files }: Pick<DataTransfer, "items" | "files">): FoundFiles {
  const entries = [...items].filter(({ kind }) => kind === "file")
    .map((item) => ({ file: item.getAsFile(), isFolder: item.webkitGetAsEntry?.()?.isDirectory }));
  const found = entries.flatMap(({ file, isFolder }) => file && !isFolder ? [file] : []);
  return {
    files: entries.length > 0 ? found : [...files],
    hasFolder: entries.some(({ isFolder }) => isFolder === true),
  };
}

/** Whether what was copied is text: programs put a picture of it, or its file, beside it. */
export function isText(types: readonly string[]): boolean {
  return !types.includes("Files") ||
    types.includes("text/plain") && ["text/html", "text/rtf"].some((type) => types.includes(type));
}

/** Takes files that are dropped anywhere on the page, or pasted; answers with what ends that. */
export function watchDrops({ isWelcome, onOver, onFound }: DropHandlers): () => void {
  const watch = new AbortController();
  const { signal } = watch;
  // What is dragged from the page itself, such as a picture, is none of it.
  let isOurs = false;
  const hover = (event: DragEvent) => {
    const transfer = event.dataTransfer;
    if (isOurs || !transfer?.types.includes("Files")) return;
    // Unless it is prevented, the browser goes to the file, and the chat is gone.
    event.preventDefault();
    if (event.type !== "drop") {
      transfer.dropEffect = isWelcome() ? "copy" : "none";
      if (isWelcome()) onOver();
    } else if (isWelcome()) onFound(filesOf(transfer));
  };
  const paste = (event: ClipboardEvent) => {
    const transfer = event.clipboardData;
    if (!transfer || isText(transfer.types) || !isWelcome()) return;
    event.preventDefault();
    onFound(filesOf(transfer));
  };
  addEventListener("dragstart", () => isOurs = true, { signal });
  // There is no end of what was taken out of the page while it was dragged.
  for (const type of ["dragend", "pointerdown"]) {
    addEventListener(type, () => isOurs = false, { signal });
  }
  for (const type of ["dragenter", "dragover", "drop"] as const) {
    addEventListener(type, hover, { signal });
  }
  addEventListener("paste", paste, { signal });
  return () => watch.abort();
}
