import { stringify } from "devalue";
import type { VNode } from "preact";

const SIGNAL_BRAND = Symbol.for("preact-signals");

/** Has a current value, like a signal of `@preact/signals`. */
export interface SignalLike {
  /** Reads the value without subscribing to it. */
  peek(): unknown;
}

/** Tells a signal, computed or not, by the brand that the signals library gives them. */
export function isSignal(value: unknown): value is SignalLike {
  return typeof value === "object" && value !== null && "brand" in value &&
    value.brand === SIGNAL_BRAND;
}

/**
 * Serializes the props of all islands in one go, so that a value two islands share is one value in
 * the browser, too.
 *
 * @throws {TypeError} If a prop can not be serialized, such as a function.
 */
export function serializeProps(
  islandProps: readonly Record<string, unknown>[],
  slotType: unknown,
): string {
  try {
    // Boxed, as a bare 0 or false would mean that a value is not of this kind.
    return stringify(islandProps, {
      Computed: (value: unknown) => isSignal(value) && isReadonly(value) && [value.peek()],
      Signal: (value: unknown) => isSignal(value) && [value.peek()],
      Slot: (value: unknown) => isSlot(value, slotType) && [value.props.id],
    });
  } catch (error) {
    const { path, message } = error as { path?: string; message: string };
    throw new TypeError(
      `Cannot serialize island props as every value must be data, a signal or JSX: ${message} at "${
        path ?? ""
      }"`,
      { cause: error },
    );
  }
}

function isReadonly(signal: object): boolean {
  for (let proto: object | null = signal; proto; proto = Object.getPrototypeOf(proto)) {
    const descriptor = Object.getOwnPropertyDescriptor(proto, "value");
    if (descriptor) return descriptor.set === undefined && descriptor.writable !== true;
  }
  return false;
}

function isSlot(value: unknown, slotType: unknown): value is VNode<{ id: number }> {
  return typeof value === "object" && value !== null && "type" in value && value.type === slotType;
}
