import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { QrDrawing } from "../../../lib/client/invite/qr.ts";
import { useRoomText } from "../text.ts";

/** The room's link as a QR code, dark on light whatever the page's colours are. */
export function QrCode({ link }: { link: string }) {
  const { invite } = useRoomText().words;
  const drawing = useSignal<QrDrawing | "failed" | undefined>(undefined);
  useEffect(() => {
    void draw(link).then((drawn) => drawing.value = drawn);
  }, [link]);

  if (drawing.value === "failed") return <p class="problem" role="alert">{invite.qrFailed}</p>;
  return (
    <figure class="qr">
      {drawing.value && <Modules {...drawing.value} name={invite.qrName} />}
      <figcaption class="note">{invite.qrNote}</figcaption>
    </figure>
  );
}

function Modules({ size, path, name }: QrDrawing & { name: string }) {
  return (
    <svg role="img" aria-label={name} viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges">
      <path class="qr-light" d={`M0 0h${size}v${size}h-${size}z`} />
      <path class="qr-dark" d={path} />
    </svg>
  );
}

async function draw(link: string): Promise<QrDrawing | "failed"> {
  try {
    const { drawQr } = await import("../../../lib/client/invite/qr.ts");
    return drawQr(link);
  } catch {
    // Out of the server's reach, or too long a link.
    return "failed";
  }
}
