import type { Elsewhere, NotificationForm } from '#database/tables.ts'

/** What another processor says of a video, whatever it says it in. */
export interface Notification {
  readonly form: NotificationForm
  /** The video's external id. */
  readonly externalId: string
  readonly said: Said
  /** As it came. */
  readonly body: string
}

/** What became true elsewhere. */
export type Said =
  | { readonly outcome: 'finished'; readonly facts: Elsewhere }
  | { readonly outcome: 'failed'; readonly facts: { readonly message: string } }
  | { readonly outcome: 'under_way'; readonly facts: Readonly<Record<string, never>> }

/** Makes the public address of an object from the names on the way to it (C-26). */
export type AddressOf = (names: readonly string[]) => string
