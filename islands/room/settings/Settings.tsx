import { useSignal } from "@preact/signals";
import { Dialog } from "../../parts/Dialog.tsx";
import { Preferences, type PreferencesProps } from "../../parts/Preferences.tsx";
import { useRoomText } from "../text.ts";
import type { Here } from "../use_conversation.ts";
import { ClearMessages } from "./ClearMessages.tsx";
import { Switch } from "./Switch.tsx";
import { useChoice } from "./use_choice.ts";

/** What the settings need. */
export interface SettingsProps {
  /** The room and the device that they are for. */
  here: Here;
  /** What there is to choose from, and what was chosen. */
  preferences: Omit<PreferencesProps, "text">;
  /** Other colours were chosen. */
  onTheme: (theme: PreferencesProps["theme"]) => void;
  /** They were closed. */
  onClose: () => void;
}

/** What can be set on this device, and be forgotten. */
export function Settings({ here, preferences, onTheme, onClose }: SettingsProps) {
  const { conversation, device } = here;
  const choice = useChoice(onTheme);
  const text = useRoomText();
  const { common, room } = text.words;
  const settings = useSignal(device.settings);
  const isBlocked = useSignal(false);

  function set(change: Partial<typeof device.settings>): void {
    device.set(change);
    settings.value = device.settings;
  }

  async function setNotifications(on: boolean): Promise<void> {
    const allowed = on && "Notification" in globalThis && await Notification.requestPermission();
    isBlocked.value = on && allowed !== "granted";
    set({ notifications: on && allowed === "granted" });
  }

  const { nickname = "", sound, notifications } = settings.value;
  return (
    <Dialog title={room.settings} close={common.close} onClose={onClose}>
      <div class="setting">
        <label class="label" for="nickname">{room.nickname}</label>
        <input
          class="field"
          id="nickname"
          autocomplete="nickname"
          dir="auto"
          aria-describedby="nickname-note"
          value={nickname}
          onChange={({ currentTarget }) => {
            const nickname = conversation.rename(currentTarget.value);
            currentTarget.value = nickname ?? "";
            set({ nickname });
          }}
        />
        <p class="note" id="nickname-note">{room.nicknameNote}</p>
      </div>
      <div class="setting">
        <Switch label={room.sound} on={sound} onChange={(sound) => set({ sound })} />
        <Switch
          label={room.notifications}
          on={notifications}
          onChange={(on) => void setNotifications(on)}
        />
        <p class="problem" aria-live="polite">{isBlocked.value && room.notificationsBlocked}</p>
      </div>
      <div class="setting" {...choice}>
        <Preferences text={text} {...preferences} />
      </div>
      <div class="setting">
        <ClearMessages clear={() => conversation.clear()} />
      </div>
    </Dialog>
  );
}
