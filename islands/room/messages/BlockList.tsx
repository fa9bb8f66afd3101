import { Component } from "preact";
import type { Message } from "../../../lib/client/message.ts";
import { BLOCK, type Block, isSameBlock, standingOf } from "./blocks.ts";
import type { Scene } from "./scene.ts";
import { Slip } from "./Slip.tsx";

/** What a {@linkcode BlockList} needs. */
export interface BlockListProps {
  /** The messages. */
  block: Block;
  /** The day it is. */
  today: string;
  /** The message that has the focus. */
  focused: string | undefined;
  /** The message that the pointer is over. */
  hovered: string | undefined;
  /** The last message of our own. */
  lastOwn: string | undefined;
  /** What all messages have in common. */
  scene: Scene;
}

/** Some messages, which are looked at again only when something about one of them changed. */
export class BlockList extends Component<BlockListProps> {
  override shouldComponentUpdate({ block, scene, today, ...next }: BlockListProps): boolean {
    const now = this.props;
    return scene !== now.scene || today !== now.today || !isSameBlock(block, now.block) ||
      this.#touches(now.focused, next.focused) || this.#touches(now.hovered, next.hovered) ||
      this.#touches(now.lastOwn, next.lastOwn);
  }

  override render({ block, focused, hovered, lastOwn, today, scene }: BlockListProps) {
    const { messages, answered } = block;
    let before = block.before;
    const draw = (message: Message) => {
      const standing = standingOf(message, before);
      before = message;
      const { id, re } = message;
      return (
        <Slip
          key={id}
          message={message}
          answered={re === undefined ? undefined : answered.get(re)}
          isFocused={id === focused}
          isHovered={id === hovered}
          isLastOwn={id === lastOwn}
          today={today}
          scene={scene}
          {...standing}
        />
      );
    };
    return (
      <ol class="block" role="list" data-full={messages.length === BLOCK || undefined}>
        {messages.map(draw)}
      </ol>
    );
  }

  #touches(now: string | undefined, next: string | undefined): boolean {
    if (now === next) return false;
    return this.props.block.messages.some(({ id }) => id === now || id === next);
  }
}
