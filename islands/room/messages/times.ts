import type { RoomText } from "../text.ts";

/** Says when something was said. Its formats are made once: they cost more than all else of a message. */
export interface Times {
  /** The time of the day. */
  clock(at: number): string;
  /** The day, in words where it is a near one. */
  day(at: number): string;
  /** The day and the time, exactly. */
  exact(at: number): string;
}

/** Makes what says the time in the language of the page, in the manner of the reader's region. */
export function makeTimes({ locale, words: { chat } }: RoomText): Times {
  const region = regionOf(locale);
  const format = (options: Intl.DateTimeFormatOptions) =>
    once(() => new Intl.DateTimeFormat(region, options));
  const clock = format({ hour: "numeric", minute: "2-digit" });
  const exact = format({ dateStyle: "full", timeStyle: "medium" });
  const month = { weekday: "long", day: "numeric", month: "long" } as const;
  const thisYear = format(month);
  const otherYear = format({ ...month, year: "numeric" });
  return {
    clock: (at) => clock().format(at),
    exact: (at) => exact().format(at),
    day(at) {
      const date = new Date(at);
      const today = new Date();
      const yesterday = new Date();
      yesterday.setDate(today.getDate() - 1);
      if (isSameDay(date, today)) return chat.today;
      if (isSameDay(date, yesterday)) return chat.yesterday;
      const isThisYear = date.getFullYear() === today.getFullYear();
      return (isThisYear ? thisYear() : otherYear()).format(date);
    },
  };
}

/** Makes something when it is first asked for, and keeps it. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => made ??= make();
}

/** Tells whether two times are of one day, where the reader is. */
export function isSameDay(one: Date | number, other: Date | number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

/** The reader's own kind of a language, as the browser is set; some say it in no way that is known. */
function regionOf(locale: string): string {
  const own = navigator.languages.find((tag) => tag.split("-")[0] === locale) ?? locale;
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(own)[0] ?? locale;
  } catch {
    return locale;
  }
}
