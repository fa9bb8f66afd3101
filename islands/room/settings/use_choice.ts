import { useRef } from "preact/hooks";
import type { PreferencesProps } from "../../parts/Preferences.tsx";

/** Keys that choose in a list which is not open: each would be a choice, on the way to another. */
const STEPS = /^(Arrow|Page|Home$|End$|[^ ]$)/u;

/** What the form of the preferences, or what is around it, listens to. */
export interface ChoiceHandlers {
  /** A key was pressed. */
  onKeyDown: (event: KeyboardEvent) => void;
  /** The mouse, or a finger, was used. */
  onPointerDown: () => void;
  /** Something was chosen. */
  onChange: (event: Event) => void;
}

/**
 * Applies what is chosen in the form of the preferences: colours at once, for a reload would end what
 * is on its way; another language with a reload, for all words come from the server. What is chosen
 * by steps on the keyboard waits for the button.
 */
export function useChoice(onTheme: (theme: PreferencesProps["theme"]) => void): ChoiceHandlers {
  const isStep = useRef(false);
  return {
    onKeyDown: ({ key, altKey }) => isStep.current = STEPS.test(key) && !altKey,
    onPointerDown: () => isStep.current = false,
    onChange({ target }) {
      if (!(target instanceof HTMLSelectElement) || target.form === null) return;
      if (target.name === "theme") {
        onTheme(paint(target.value));
        void remember(target.form);
      } else if (isStep.current) target.form.dataset.chosen = "true";
      else target.form.requestSubmit();
    },
  };
}

function paint(value: string): PreferencesProps["theme"] {
  const theme = value === "light" || value === "dark" ? value : "system";
  const { dataset } = document.documentElement;
  if (theme === "system") delete dataset.theme;
  else dataset.theme = theme;
  return theme;
}

async function remember(form: HTMLFormElement): Promise<void> {
  const { action, method } = form;
  try {
    // Not followed: the page that it leads to is this one.
    await fetch(action, { method, body: new FormData(form), redirect: "manual" });
  } catch {
    // Out of reach: it holds as long as the page does.
  }
}
