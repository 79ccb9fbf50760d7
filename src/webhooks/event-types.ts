/** An event that applications can be told of. */
interface EventType {
  /** What became true; for docs/webhooks.md. */
  readonly sentence: string
  /** Told to endpoints that did not choose, and to the videos' own addresses. */
  readonly byDefault: boolean
}

const told = (sentence: string): EventType => ({ sentence, byDefault: true })
const onRequest = (sentence: string): EventType => ({ sentence, byDefault: false })

/**
 * Every event that a video has, by its type, in the order of its journey. docs/webhooks.md lists
 * them, and tests hold that and the events that the code records to this table.
 */
export const eventTypes = {
  'video.created': told('The video is there; its bytes may not be.'),
  'video.uploading': onRequest('Another version of the video is being uploaded.'),
  'video.upload_abandoned': onRequest('An upload of another version was given up.'),
  'video.uploaded': told('All bytes of the source are there.'),
  'video.probing': onRequest('The source is being looked into; also when it is taken up again.'),
  'video.planning': onRequest('It is being decided what is made.'),
  'video.encoding': onRequest('Runners are at work.'),
  'video.playable': told('The first seconds can be played; the rest follows.'),
  'video.file': onRequest('A whole file, such as an MP4, is finished.'),
  'video.packaging': onRequest('Everything is encoded, playlists are being written.'),
  'video.rendition_completed': onRequest(
    'A rendition is wholly encoded and checked (`rendition`).',
  ),
  'video.publishing': onRequest('The whole is being checked.'),
  'video.published': told('The version is what viewers see now.'),
  'video.failed': told('The version failed; `error` has the code and a sentence.'),
  'video.cancelled': told('The work was stopped by somebody.'),
  'video.transcribed': onRequest('What is said was written down (`language`).'),
  'video.transcription_failed': onRequest('What is said could not be written down (`error`).'),
  'video.storyboard': onRequest('The pictures for the time line are there.'),
  'video.storyboard_failed': onRequest('The pictures for the time line failed (`error`).'),
  'video.edited': onRequest('An edit is done; it becomes the next version.'),
  'video.edit_failed': onRequest('An edit failed (`error`).'),
  'video.deleted': told('The video is gone, with all that was made of it.'),
} as const satisfies Record<string, EventType>

export type WebhookEvent = keyof typeof eventTypes

/** Sent by hand, to see whether an endpoint answers. */
export const testEvent = 'webhook.test'

export const webhookEvents = Object.keys(eventTypes) as readonly WebhookEvent[]

/** Whether it is an event of the table. */
export function isWebhookEvent(type: string): type is WebhookEvent {
  return Object.hasOwn(eventTypes, type)
}
