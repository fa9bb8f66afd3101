import { assert, assertEquals } from "@std/assert";
import {
  readChoice,
  readPreferences,
  readWayBack,
  writePreferences,
} from "../../lib/server/preferences.ts";

const URL = "http://tincan.test/preferences";

/** A request whose headers are what is given. */
function requestWith(headers: Record<string, string>): Request {
  return new Request(URL, { headers });
}

/** A form as a browser sends it. */
function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

Deno.test("readPreferences() takes the language that the browser asks for first", () => {
  const table = {
    "de": "de",
    "de-AT, en;q=0.9": "de",
    "en-GB,en;q=0.9": "en",
    "zh-TW": "zh",
    "zh-Hant-HK;q=0.9, zh;q=0.8": "zh",
    "ar-EG,ar;q=0.9,en;q=0.8": "ar",
    "fr;q=0.5, es;q=0.9": "es",
    "nl, fr;q=0.4, de;q=0.3": "fr",
    "pt-BR, pt;q=0.9": "en",
    "de;q=0, es;q=0.1": "es",
    "FR-ca": "fr",
    "*": "en",
    "nl, *;q=0.5": "en",
    "": "en",
    "garbage;;;q=x,,,": "en",
    "de;q=high": "en",
    "constructor, __proto__": "en",
  };
  for (const [header, locale] of Object.entries(table)) {
    const found = readPreferences(requestWith({ "accept-language": header })).locale;
    assertEquals([header, found], [header, locale]);
  }
  assertEquals(readPreferences(requestWith({})), { locale: "en", theme: "system" });
});

Deno.test("readPreferences() prefers what was chosen to what the browser asks for", () => {
  const headers = { "accept-language": "de", cookie: "tincan-locale=fr; tincan-theme=dark" };
  assertEquals(readPreferences(requestWith(headers)), { locale: "fr", theme: "dark" });
});

Deno.test("readPreferences() does without a cookie that holds nothing of ours", () => {
  for (const value of ["", "xx", "EN", "toString", "__proto__", "%00", '"fr"', "en; Path=/"]) {
    const cookie = `tincan-locale=${value}; tincan-theme=${value}`;
    const found = readPreferences(requestWith({ cookie, "accept-language": "es" }));
    const locale = value === "en; Path=/" ? "en" : "es";
    assertEquals([value, found], [value, { locale, theme: "system" }]);
  }
});

Deno.test("writePreferences() remembers what readPreferences() reads, for a year", () => {
  const response = new Response(null);
  writePreferences(formOf({ locale: "ar", theme: "light" }), response);
  const cookies = response.headers.getSetCookie();
  assertEquals(cookies, [
    "tincan-locale=ar; HttpOnly; Max-Age=31536000; SameSite=Lax; Path=/",
    "tincan-theme=light; HttpOnly; Max-Age=31536000; SameSite=Lax; Path=/",
  ]);
  const cookie = cookies.map((line) => line.split(";")[0]).join("; ");
  assertEquals(readPreferences(requestWith({ cookie })), { locale: "ar", theme: "light" });
});

Deno.test("writePreferences() leaves alone what cannot be chosen", () => {
  const nothing = [{}, { locale: "xx", theme: "pink" }, { locale: "en\r\nset-cookie: a=b" }];
  for (const fields of nothing) {
    const response = new Response(null);
    writePreferences(formOf(fields), response);
    assertEquals(response.headers.getSetCookie(), []);
  }
  const file = new FormData();
  file.set("locale", new File(["de"], "de"));
  const response = new Response(null);
  writePreferences(file, response);
  assertEquals(response.headers.getSetCookie(), []);
});

Deno.test("readWayBack() leads to a page of this server, and nowhere else", () => {
  const own = ["/", "/check", "/r/lobby", "/check?a=b&c=%20d", "/r/a//b"];
  for (const back of own) assertEquals(readWayBack(formOf({ back })), back);
  const foreign = [
    "",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\u0000/",
    " /check",
    "/che ck",
    "/é",
    "https://evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "check",
    "?back",
  ];
  for (const back of foreign) {
    assertEquals([back, readWayBack(formOf({ back }))], [back, "/"]);
  }
  assertEquals(readWayBack(new FormData()), "/");
});

Deno.test("readChoice() reads a form in both ways that browsers send one", async () => {
  for (const body of [formOf({ locale: "de" }), new URLSearchParams({ locale: "de" })]) {
    const form = await readChoice(new Request(URL, { method: "POST", body }));
    assertEquals(form?.get("locale"), "de");
  }
});

Deno.test("readChoice() reads nothing that is no form", async () => {
  for (const type of ["text/plain", "multipart/form-data; boundary=x", "multipart/form-data", ""]) {
    const headers = { "content-type": type };
    const request = new Request(URL, { method: "POST", body: "locale=de", headers });
    assertEquals([type, await readChoice(request)], [type, undefined]);
  }
  assertEquals(await readChoice(new Request(URL, { method: "POST" })), undefined);
});

Deno.test("readChoice() reads no more than a choice can be, however long it goes on", async () => {
  let sent = 0;
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1024;
      controller.enqueue(new Uint8Array(1024));
    },
    cancel() {
      isCancelled = true;
    },
  });
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const request = new Request(URL, { method: "POST", body, headers });
  assertEquals([await readChoice(request), isCancelled], [undefined, true]);
  assert(sent <= 16_384, `${sent} bytes were read`);
});
