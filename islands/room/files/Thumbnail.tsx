import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { SMALL_BYTES } from "../../../lib/client/files/choose_sink.ts";
import { typed } from "../../../lib/client/files/sink.ts";
import { fill } from "../../../lib/locales/text.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { useRoomText } from "../text.ts";
import { useObjectUrl } from "./use_object_url.ts";

/** A small picture of a file that is one, and a big one when it is pressed; nothing of any other. */
export function Thumbnail({ content, name }: { content: Blob | undefined; name: string }) {
  const { common, files } = useRoomText().words;
  const picture = useMemo(() => content && pictureOf(content), [content]);
  const url = useObjectUrl(picture);
  const broken = useSignal<string | undefined>(undefined);
  const isOpen = useSignal(false);
  if (picture === undefined || url !== undefined && url === broken.value) return null;
  return (
    <>
      <button
        class="file-picture"
        type="button"
        aria-label={fill(files.show, { name })}
        onClick={() => isOpen.value = true}
      >
        {url && (
          <img
            src={url}
            alt={name}
            loading="lazy"
            decoding="async"
            draggable={false}
            onError={() => broken.value = url}
          />
        )}
      </button>
      {url && isOpen.value && (
        <Dialog
          title={name}
          close={common.close}
          onClose={() => isOpen.value = false}
        >
          <img class="file-view" src={url} alt={name} decoding="async" />
        </Dialog>
      )}
    </>
  );
}

/** The same bytes under a type that runs no code, where there is one for them. */
function pictureOf(content: Blob): Blob | undefined {
  if (content.size > SMALL_BYTES) return undefined;
  const picture = typed([content], content.type);
  return picture.type.startsWith("image/") ? picture : undefined;
}
