import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Icon } from "./Icon.tsx";

/** What a {@linkcode Dialog} shows. */
export interface DialogProps {
  /** What it is about. */
  title: string;
  /** The word for closing it. */
  close: string;
  /** It was closed, however that was. */
  onClose: () => void;
  /** What is in it. */
  children: ComponentChildren;
}

/** A window over the page, which needs `dialog.css`; until it is closed nothing else can be reached. */
export function Dialog({ title, close, onClose, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => element.current?.showModal(), []);
  return (
    <dialog
      class="dialog"
      ref={element}
      aria-labelledby={heading}
      onClose={onClose}
      onClick={({ target, currentTarget }) => target === currentTarget && currentTarget.close()}
    >
      <div class="dialog-sheet">
        <header class="dialog-head">
          <h2 id={heading}>{title}</h2>
          <button
            class="button quiet"
            type="button"
            aria-label={close}
            onClick={() => element.current?.close()}
          >
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
