import { splitName } from "./split_name.ts";

/** What a file is called. Where there is no room for all of it, its end is shown: it says what it is. */
export function FileName({ name }: { name: string }) {
  const { head, tail } = splitName(name);
  return (
    <p class="file-name" title={name}>
      <bdi class="visually-hidden">{name}</bdi>
      <bdi class="file-name-parts" aria-hidden="true">
        <span class="file-name-head">{head}</span>
        <span>{tail}</span>
      </bdi>
    </p>
  );
}
