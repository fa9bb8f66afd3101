import type { JSX } from "preact";
import type { Message } from "../../../lib/client/message.ts";
import { isMine } from "./blocks.ts";
import type { RoomText } from "../text.ts";
import type { Times } from "./times.ts";

/** What all messages have in common; another one only where they all have to be drawn anew. */
export interface Scene {
  /** The words. */
  text: RoomText;
  /** Says when something was said. */
  times: Times;
  /** What people call themselves, by person. */
  names: ReadonlyMap<string, string>;
  /** Whether one has to be told who says what. */
  isCrowd: boolean;
  /** Draws a message that offers a file. */
  renderFile: (message: Message) => JSX.Element | undefined;
  /** Somebody begins to answer a message. */
  onReply: (message: Message) => void;
  /** Somebody reads on in a long message: the list stays where it is. */
  onOpen: () => void;
  /** Goes to a message. */
  goTo: (id: string) => void;
}

/** What stands over the messages of somebody; nothing where it is clear who it is. */
export function headOf(message: Message, scene: Scene): string | undefined {
  if (isMine(message)) return undefined;
  const name = scene.names.get(message.from ?? "");
  return name ?? (scene.isCrowd ? scene.text.words.chat.someone : undefined);
}

/** What the writer of a message is called. */
export function writerOf(
  message: Message,
  { text: { words: { chat } }, names }: Pick<Scene, "text" | "names">,
): string {
  return isMine(message) ? chat.you : names.get(message.from ?? "") ?? chat.someone;
}
