import { assertEquals, assertMatch } from "@std/assert";
import { judgeBrowser } from "../../lib/client/check/browser_step.ts";
import { inEnglish } from "./check_english.ts";

const ABLE = { isSecure: true, hasWebRtc: true, hasWebSocket: true, canStore: true };

Deno.test("judgeBrowser() finds nothing wrong with a browser that can do all", () => {
  assertEquals(judgeBrowser(ABLE).state, "ok");
  assertEquals(judgeBrowser(ABLE).next, undefined);
});

Deno.test("judgeBrowser() says what is missing, and what to do", () => {
  const table = [
    [{ hasWebRtc: false }, "failed", /WebRTC is missing/],
    [{ hasWebSocket: false }, "failed", /no WebSocket/],
    [{ isSecure: false }, "warning", /HTTPS/],
    [{ canStore: false }, "warning", /keeps nothing/],
    // The worse comes first.
    [{ isSecure: false, canStore: false, hasWebRtc: false }, "failed", /WebRTC/],
  ] as const;
  for (const [facts, state, words] of table) {
    const outcome = inEnglish(judgeBrowser({ ...ABLE, ...facts }));
    assertEquals(outcome.state, state);
    assertMatch(outcome.sentence, words);
    assertMatch(outcome.next ?? "", /\.$/);
  }
});
