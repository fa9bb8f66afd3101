import type { LineStatus } from "./sentences.ts";

/** Where the string runs in each state: two curves from the near can, in units of the drawing. */
const STRING: Record<LineStatus["state"], string> = {
  waiting: "M113 66C136 66 150 92 156 116C162 140 188 147 244 145",
  connecting: "M113 66C170 70 240 146 320 142C380 139 424 112 470 84",
  connected: "M113 66C180 66 250 66 320 66C390 66 460 66 527 66",
  reconnecting: "M113 66C180 92 250 44 320 68C390 92 460 44 527 66",
  failed: "M113 66C150 66 196 84 232 114C244 124 248 134 243 146",
  ended: "M113 66C134 66 142 112 172 142C240 152 400 140 486 147",
};

const FAR_END_OF_CUT_STRING = "M527 66C490 66 444 84 408 114C396 124 392 134 397 146";

/** Two tin cans and a string: the status of the line, as a picture of what the words beside it say. */
export function Cans({ status }: { status: LineStatus }) {
  const { state } = status;
  const relayed = state === "connected" && status.path?.kind === "relayed";
  const alone = state === "waiting" || state === "ended";
  return (
    <svg class={`cans cans-${state}`} viewBox="0 0 640 164" aria-hidden="true" focusable="false">
      <path class="cans-ground" d="M24 150C140 147 260 152 330 149C430 146 520 152 616 149" />
      <path class="cans-string" d={STRING[state]} />
      {state === "failed" && <path class="cans-string" d={FAR_END_OF_CUT_STRING} />}
      {relayed && (
        <g class="cans-knot">
          <path d="M306 66C306 52 334 52 332 66C330 80 308 80 310 66C312 56 326 58 334 66" />
        </g>
      )}
      <Can />
      <g
        class={alone ? "cans-far cans-absent" : "cans-far"}
        transform="translate(640 0) scale(-1 1)"
      >
        <Can />
      </g>
    </svg>
  );
}

const BODY = "M36 34H104C114 34 119 50 119 67C119 84 114 100 104 100H36Z";

/** A can on its side: the mouth to the left, the string out of its bottom on the right. */
function Can() {
  return (
    <g transform="rotate(-5 72 66)">
      <path class="can-body" d={BODY} />
      <path class="can-shade" d="M38 88H112C110 95 107 100 104 100H36C32 98 30 94 28 88Z" />
      <path class="can-rib" d="M60 34C52 44 52 90 60 100M72 34C64 44 64 90 72 100" />
      <path class="can-rib" d="M104 34C97 44 97 90 104 100" />
      <path class="can-outline" d={BODY} />
      <ellipse class="can-mouth" cx="36" cy="67" rx="13" ry="33" />
      <ellipse class="can-inside" cx="37.5" cy="67" rx="9" ry="27" />
    </g>
  );
}
