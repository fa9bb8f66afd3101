import { useSignal } from "@preact/signals";
import { Icon } from "../parts/Icon.tsx";
import type { PreferencesProps } from "../parts/Preferences.tsx";
import { useLate } from "../parts/use_late.ts";
import { Invite } from "./Invite.tsx";
import type { SettingsProps } from "./settings/Settings.tsx";
import { useRoomText } from "./text.ts";
import type { Here } from "./use_conversation.ts";

/** What the head of a room shows. */
export interface HeadProps {
  /** The room's name. */
  name: string;
  /** The room, once it is there. */
  here: Here | undefined;
  /** Whether somebody may be invited from here. */
  mayInvite: boolean;
  /** Whether there is a seat to leave. */
  mayLeave: boolean;
  /** Language and colours. */
  preferences: Omit<PreferencesProps, "text">;
}

/** The room's name, and what can be done with the room. */
export function Head({ name, here, mayInvite, mayLeave, preferences }: HeadProps) {
  const { common, room } = useRoomText().words;
  const theme = useSignal(preferences.theme);
  const settings = useLate<SettingsProps>(
    () => import("./settings/Settings.tsx").then(({ Settings }) => Settings),
    ["/dialog.css", "/preferences.css"],
  );
  return (
    <header class="room-head">
      <p class="brand">
        <a href="/">tincan</a>
      </p>
      <h1>
        <bdi>{name}</bdi>
      </h1>
      <div class="room-tools">
        {mayInvite && <Invite prominent={false} room={name} />}
        {here && (
          <button
            class="button quiet"
            type="button"
            aria-label={room.settings}
            title={room.settings}
            onClick={settings.open}
          >
            <Icon name="settings" />
          </button>
        )}
        {mayLeave && (
          <button
            class="button"
            type="button"
            onClick={() => here?.conversation.leave()}
          >
            {room.leave}
          </button>
        )}
      </div>
      {settings.isMissing && <p class="problem" role="alert">{common.partMissing}</p>}
      {here && settings.Part && (
        <settings.Part
          here={here}
          preferences={{ ...preferences, theme: theme.value }}
          onTheme={(chosen) => theme.value = chosen}
          onClose={settings.close}
        />
      )}
    </header>
  );
}
