import { useRoomText } from "../text.ts";
import { useObjectUrl } from "./use_object_url.ts";

/** Gives a file that is here to the person, as a download like any other. */
export function SaveLink({ content, name }: { content: Blob; name: string }) {
  const { common } = useRoomText().words;
  const url = useObjectUrl(content);
  return <a class="button primary" href={url} download={name}>{common.save}</a>;
}
