import { assertEquals } from "@std/assert";
import { Device } from "../../lib/client/device.ts";
import { FakeStorage } from "../fakes/storage.ts";

Deno.test("Device remembers what was set, and nothing is set at first", () => {
  const storage = new FakeStorage();
  const device = new Device(storage);
  assertEquals(device.settings, { nickname: undefined, sound: false, notifications: false });
  device.set({ nickname: "Ada" });
  device.set({ sound: true });
  const expected = { nickname: "Ada", sound: true, notifications: false };
  assertEquals([device.settings, new Device(storage).settings], [expected, expected]);
  device.set({ nickname: undefined });
  assertEquals(new Device(storage).settings.nickname, undefined);
});

Deno.test("Device takes nothing from a storage that somebody broke", () => {
  for (const kept of ["", "{", "[]", '{"nickname":7,"sound":"yes","notifications":1}']) {
    const device = new Device(new FakeStorage([["tincan:device", kept]]));
    assertEquals(device.settings, { nickname: undefined, sound: false, notifications: false });
  }
});

Deno.test("Device holds what was set where nothing can be kept", () => {
  const storage = new FakeStorage();
  storage.capacity = 0;
  for (const device of [new Device(storage), new Device(undefined)]) {
    device.set({ sound: true });
    assertEquals(device.settings.sound, true);
  }
});
