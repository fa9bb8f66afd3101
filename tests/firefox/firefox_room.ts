import { isObject, type JsonObject } from "../../lib/protocol/parse.ts";
import { patiently } from "../fakes/patience.ts";
import type { BidiSession } from "./bidi_session.ts";

/** A person in a room, in a Firefox window with storage of its own; speaks like `RoomPage`. */
export class FirefoxRoom implements AsyncDisposable {
  /** Each error that the page threw or wrote so far. */
  readonly errors: string[] = [];
  #session: BidiSession;
  #userContext: unknown;
  #context: unknown;

  private constructor(session: BidiSession, userContext: unknown, context: unknown) {
    this.#session = session;
    this.#userContext = userContext;
    this.#context = context;
    session.listen((event, { level, text, source }) => {
      if (event !== "log.entryAdded" || level !== "error") return;
      if (isObject(source) && source.context === context) this.errors.push(String(text));
    });
  }

  /** Opens the page at `url`. */
  static async open(session: BidiSession, url: string): Promise<FirefoxRoom> {
    const { userContext } = await session.send("browser.createUserContext", {});
    // A tab behind another one is not looked at, and marks nothing as seen.
    const { context } = await session.send("browsingContext.create", {
      type: "window",
      userContext,
    });
    const room = new FirefoxRoom(session, userContext, context);
    await session.send("browsingContext.navigate", { context, url, wait: "complete" });
    return room;
  }

  /** Waits for a state of the line. */
  async untilStatus(state: string): Promise<void> {
    await this.#until(`[role="status"][data-state="${state}"]`);
  }

  /** Says something with the button. */
  async say(text: string): Promise<void> {
    await this.#click("textbox", "Message");
    const actions = [...text].flatMap((value) => [
      { type: "keyDown", value },
      { type: "keyUp", value },
    ]);
    await this.#act({ type: "key", id: "keyboard", actions });
    await this.#click("button", "Send");
  }

  /** Waits until a text is shown, as it is. */
  async hear(text: string): Promise<void> {
    await this.#until('[role="log"] *', text);
  }

  /** Waits until a message of our own has come as far as `delivery`. */
  async untilDelivery(text: string, delivery: string): Promise<void> {
    await this.#until(`[role="log"] [data-delivery="${delivery}"] *`, text);
  }

  /** Every text on the screen, the oldest first. */
  async texts(): Promise<unknown> {
    const { value } = await this.#call(readTexts, ".slip-text");
    return Array.isArray(value) ? value.map((text) => isObject(text) && text.value) : value;
  }

  /** Leaves with the button. */
  async leave(): Promise<void> {
    await this.#click("button", "Leave");
  }

  /** Loads the page anew. */
  async reload(): Promise<void> {
    await this.#session.send("browsingContext.reload", {
      context: this.#context,
      wait: "complete",
    });
  }

  /** Leaves like somebody who closes the window. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session.send("browser.removeUserContext", { userContext: this.#userContext });
  }

  /** Waits for an element, and for it to hold `text` alone where one is given. */
  async #until(selector: string, text?: string): Promise<void> {
    const what = text === undefined ? selector : `"${text}" in ${selector}`;
    await patiently(this.#call(appear, selector, text), what);
  }

  /** Calls a function in the page. */
  async #call(
    run: (...args: string[]) => unknown,
    ...args: (string | undefined)[]
  ): Promise<JsonObject> {
    const { result, exceptionDetails } = await this.#session.send("script.callFunction", {
      functionDeclaration: run.toString(),
      arguments: args.filter((value) => value !== undefined)
        .map((value) => ({ type: "string", value })),
      target: { context: this.#context },
      awaitPromise: true,
    });
    if (isObject(result)) return result;
    throw new Error(JSON.stringify(exceptionDetails));
  }

  async #click(role: string, name: string): Promise<void> {
    const { nodes } = await this.#session.send("browsingContext.locateNodes", {
      context: this.#context,
      locator: { type: "accessibility", value: { role, name } },
    });
    const [node] = Array.isArray(nodes) ? nodes : [];
    if (node === undefined) throw new Error(`There is no ${role} "${name}"`);
    const origin = { type: "element", element: { sharedId: node.sharedId } };
    await this.#act({
      type: "pointer",
      id: "mouse",
      actions: [
        { type: "pointerMove", x: 0, y: 0, origin },
        { type: "pointerDown", button: 0 },
        { type: "pointerUp", button: 0 },
      ],
    });
  }

  async #act(source: JsonObject): Promise<void> {
    await this.#session.send("input.performActions", {
      context: this.#context,
      actions: [source],
    });
  }
}

/** Reads the texts of what `selector` finds; runs in the page. */
function readTexts(selector: string): string[] {
  return [...document.querySelectorAll<HTMLElement>(selector)].map(({ innerText }) => innerText);
}

/** Resolves when there is such an element; runs in the page. */
function appear(selector: string, text?: string): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      const found = [...document.querySelectorAll<HTMLElement>(selector)]
        .some(({ innerText }) => text === undefined || innerText === text);
      if (found) resolve();
      return found;
    };
    if (look()) return;
    const observer = new MutationObserver(() => look() && observer.disconnect());
    observer.observe(document, {
      attributes: true,
      characterData: true,
      childList: true,
      subtree: true,
    });
  });
}
