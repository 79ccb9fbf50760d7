import type { WebhookFormat } from '#database/webhook-tables.ts'
import { eventTypes, type WebhookEvent, webhookEvents } from './event-types.ts'

/**
 * How a call's body is written: `standard`, thin events by Standard Webhooks; `request_reference`, as
 * the gRPC service told that all outputs of a request are settled (V-86); `assembly`, with the result
 * of every step (C-37); `ancestor`, the short form of the worker before that (C-24).
 */
export const webhookFormats = [
  'standard',
  'request_reference',
  'assembly',
  'ancestor',
] as const satisfies readonly WebhookFormat[]

/** The ends of a version's journey: what the older formats are able to tell. */
const ends: readonly WebhookEvent[] = ['video.published', 'video.failed', 'video.cancelled']

/** What can be told in a format. */
export function eventsOfFormat(format: WebhookFormat): readonly WebhookEvent[] {
  return format === 'standard' ? webhookEvents : ends
}

/** What is told in a format to whoever did not choose. */
export function defaultEvents(format: WebhookFormat): readonly WebhookEvent[] {
  return eventsOfFormat(format).filter((type) => eventTypes[type].byDefault)
}

/** The formats whose receivers are told of an event although they did not choose. */
export function formatsToldOf(type: string): readonly WebhookFormat[] {
  return webhookFormats.filter((format) => defaultEvents(format).some((each) => each === type))
}

/** An event that can be told, for whoever chooses. */
export interface EventTypeView {
  readonly type: WebhookEvent
  readonly sentence: string
  readonly byDefault: boolean
  readonly formats: readonly WebhookFormat[]
}

/** All of them, in the order of the journey. */
export function listEventTypes(): EventTypeView[] {
  return webhookEvents.map((type) => ({
    type,
    sentence: eventTypes[type].sentence,
    byDefault: eventTypes[type].byDefault,
    formats: webhookFormats.filter((format) => eventsOfFormat(format).includes(type)),
  }))
}
