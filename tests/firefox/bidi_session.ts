import { isObject, type JsonObject, parseObject } from "../../lib/protocol/parse.ts";
import { valueOf } from "../fakes/unwrap.ts";

/** A session of WebDriver BiDi (W3C): commands go out, answers and events come in. */
export class BidiSession implements AsyncDisposable {
  #socket: WebSocket;
  #closed = Promise.withResolvers<void>();
  #asked = new Map<unknown, PromiseWithResolvers<JsonObject>>();
  #listeners: ((event: string, params: JsonObject) => void)[] = [];
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#receive(valueOf(parseObject(data)));
    socket.onclose = () => {
      for (const { reject } of this.#asked.values()) reject(new Error("The browser is gone"));
      this.#closed.resolve();
    };
  }

  /** Connects to the browser that listens at `url`, and begins a session. */
  static async open(url: string): Promise<BidiSession> {
    const socket = new WebSocket(url);
    const opened = Promise.withResolvers<void>();
    socket.onopen = () => opened.resolve();
    socket.onerror = () => opened.reject(new Error(`Nothing listens at ${url}`));
    await opened.promise;
    const session = new BidiSession(socket);
    await session.send("session.new", { capabilities: {} });
    return session;
  }

  /** Sends a command and answers with its result; throws what the browser has against it. */
  send(method: string, params: JsonObject): Promise<JsonObject> {
    const id = ++this.#lastId;
    const asked = Promise.withResolvers<JsonObject>();
    this.#asked.set(id, asked);
    this.#socket.send(JSON.stringify({ id, method, params }));
    return asked.promise;
  }

  /** Hears every event that was subscribed to. */
  listen(listener: (event: string, params: JsonObject) => void): void {
    this.#listeners.push(listener);
  }

  /** Ends the browser, and the session with it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.send("browser.close", {});
    this.#socket.close();
    await this.#closed.promise;
  }

  #receive({ type, id, result, method, params, ...rest }: JsonObject): void {
    if (type === "event") {
      if (!isObject(params)) return;
      for (const listener of this.#listeners) listener(String(method), params);
      return;
    }
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (type === "success" && isObject(result)) asked?.resolve(result);
    else asked?.reject(new Error(`${rest.error}: ${rest.message}`));
  }
}
