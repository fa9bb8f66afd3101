import { useMemo, useRef } from "preact/hooks";
import type { Scene } from "./scene.ts";
import { useRoomText } from "../text.ts";
import { makeTimes } from "./times.ts";

/** What may change of a {@linkcode Scene}. */
export type SceneProps = Omit<Scene, "text" | "times">;

/** What all messages have in common: the same object for as long as none of them would look different. */
export function useScene(props: SceneProps): Scene {
  const text = useRoomText();
  const latest = useRef(props);
  latest.current = { ...props, names: keepSame(latest.current.names, props.names) };
  const { names, isCrowd } = latest.current;
  return useMemo(() => ({
    text,
    times: makeTimes(text),
    names,
    isCrowd,
    renderFile: (message) => latest.current.renderFile(message),
    onReply: (message) => latest.current.onReply(message),
    onOpen: () => latest.current.onOpen(),
    goTo: (id) => latest.current.goTo(id),
  }), [text, names, isCrowd]);
}

/** The first of two maps where both hold the same. */
function keepSame(
  one: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const isSame = one.size === other.size &&
    [...one].every(([key, name]) => other.get(key) === name);
  return isSame ? one : other;
}
