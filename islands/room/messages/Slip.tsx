import { Component } from "preact";
import type { Message } from "../../../lib/client/message.ts";
import { fill } from "../../../lib/locales/text.ts";
import { isMine, type Standing } from "./blocks.ts";
import { CopyButton } from "./CopyButton.tsx";
import { Glyph } from "./Glyph.tsx";
import { Mark } from "./Mark.tsx";
import { Quote } from "./Quote.tsx";
import { headOf, type Scene } from "./scene.ts";
import { Words } from "./Words.tsx";

/** What a {@linkcode Slip} needs. */
export interface SlipProps extends Standing {
  /** The message. */
  message: Message;
  /** The message that it answers, if it is here. */
  answered: Message | undefined;
  /** Whether it has the focus, or something in it has. */
  isFocused: boolean;
  /** Whether the pointer is over it. */
  isHovered: boolean;
  /** Whether it is the last of our own. */
  isLastOwn: boolean;
  /** The day it is. */
  today: string;
  /** What all messages have in common. */
  scene: Scene;
}

/** How long a text is shown without being asked for, in UTF-16 code units and in lines. */
const LONG = { units: 1_200, lines: 12 };

/** One message. It is drawn anew only when something of its own changed, for there may be very many. */
export class Slip extends Component<SlipProps, { isOpen: boolean }> {
  override state = { isOpen: false };

  override shouldComponentUpdate(props: SlipProps, state: { isOpen: boolean }): boolean {
    // A signal that was read while drawing gives another state.
    if (state !== this.state) return true;
    return Object.entries(props).some(([name, value]) =>
      value !== this.props[name as keyof SlipProps]
    );
  }

  override render({ message, beginsDay, beginsTurn, isFocused, ...rest }: SlipProps) {
    const { times } = rest.scene;
    const head = beginsTurn ? headOf(message, rest.scene) : undefined;
    const exact = times.exact(message.at);
    const iso = new Date(message.at).toISOString();
    return (
      <li
        class={beginsTurn ? "slip slip-first" : "slip"}
        tabIndex={isFocused ? 0 : -1}
        aria-description={exact}
        // What we say and how far it came need not be read to us.
        aria-live={isMine(message) ? "off" : undefined}
        data-id={message.id}
        data-mine={isMine(message)}
        data-delivery={message.delivery}
      >
        {beginsDay && (
          <p class="day">
            <time dateTime={iso}>{times.day(message.at)}</time>
          </p>
        )}
        {beginsTurn && (
          <p class="slip-head" aria-hidden="true">
            {head && <bdi class="slip-name">{head}</bdi>}
            <time dateTime={iso}>{times.clock(message.at)}</time>
          </p>
        )}
        <span class="visually-hidden">{this.#said()}</span>
        <div class="bubble" title={exact}>
          {message.re !== undefined && (
            <Quote message={rest.answered} scene={rest.scene} isReachable={isFocused} />
          )}
          {message.file && rest.scene.renderFile(message) || this.#words()}
          {message.delivery && (
            <Mark
              delivery={message.delivery}
              word={rest.scene.text.words.room.delivery[message.delivery]}
              isShown={rest.isLastOwn}
            />
          )}
          {(isFocused || rest.isHovered) && this.#tools()}
        </div>
      </li>
    );
  }

  #said(): string {
    const { message, scene: { text: { words: { room, chat } }, names } } = this.props;
    const name = names.get(message.from ?? "");
    if (isMine(message)) return `${room.youSaid} `;
    return name === undefined ? `${room.theySaid} ` : `${fill(chat.said, { name })} `;
  }

  #words() {
    const { message: { text, file }, isFocused, isHovered, scene } = this.props;
    const { chat } = scene.text.words;
    const { isOpen } = this.state;
    const isLong = text.length > LONG.units || text.split("\n", LONG.lines + 2).length > LONG.lines;
    return (
      <>
        <Words
          text={file?.name ?? text}
          isClamped={isLong && !isOpen}
          isActive={isFocused || isHovered}
          isReachable={isFocused}
          onReach={() => this.#open(true)}
        />
        {isLong && (
          <button
            class="more"
            type="button"
            aria-expanded={isOpen}
            tabIndex={isFocused ? 0 : -1}
            onClick={() => this.#open(!isOpen)}
          >
            {isOpen ? chat.showLess : chat.showAll}
          </button>
        )}
      </>
    );
  }

  #open(isOpen: boolean): void {
    if (isOpen) this.props.scene.onOpen();
    this.setState({ isOpen });
  }

  #tools() {
    const { message, isFocused, scene } = this.props;
    const { chat } = scene.text.words;
    return (
      <div class="slip-tools" aria-live="off">
        <button
          class="tool"
          type="button"
          title={chat.reply}
          tabIndex={isFocused ? 0 : -1}
          onClick={() => scene.onReply(message)}
        >
          <Glyph name="reply" />
          <span class="visually-hidden">{chat.reply}</span>
        </button>
        <CopyButton
          text={message.file?.name ?? message.text}
          label={chat.copy}
          find={(button) => button.closest(".bubble")?.querySelector(".slip-text") ?? null}
          isReachable={isFocused}
        />
      </div>
    );
  }
}
