/**
 * What somebody set on this device, for all rooms.
 *
 * @module
 */

import { parseNickname } from "../protocol/nickname.ts";
import { parseObject } from "../protocol/parse.ts";

/** What can be set. */
export interface DeviceSettings {
  /** What we call ourselves. */
  nickname?: string | undefined;
  /** Whether a new message makes a sound. */
  sound: boolean;
  /** Whether a new message is announced while the page is hidden. */
  notifications: boolean;
}

const KEY = "tincan:device";

/** The settings of this device, as long as it has a storage. */
export class Device {
  #storage: Pick<Storage, "getItem" | "setItem"> | undefined;
  #settings: DeviceSettings;

  /** Reads what was set; what cannot be is as if it were not. */
  constructor(storage: Pick<Storage, "getItem" | "setItem"> | undefined) {
    this.#storage = storage;
    const kept = parseObject(storage?.getItem(KEY));
    const { nickname, sound, notifications } = kept.ok ? kept.value : {};
    this.#settings = {
      nickname: parseNickname(nickname),
      sound: sound === true,
      notifications: notifications === true,
    };
  }

  /** What is set. */
  get settings(): DeviceSettings {
    return this.#settings;
  }

  /** Sets something, and remembers it where that is possible. */
  set(settings: Partial<DeviceSettings>): void {
    this.#settings = { ...this.#settings, ...settings };
    try {
      this.#storage?.setItem(KEY, JSON.stringify(this.#settings));
    } catch {
      // Full, or switched off: it holds as long as the page does.
    }
  }
}
