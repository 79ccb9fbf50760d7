import type { Hook, HookCall } from '#flow/call-hooks.ts'
import type { Parts } from '#flow/parts.ts'
import type { VideoInShort } from '#hooks/hook-call.ts'
import { mediaOriginsOf } from '#videos/media-address.ts'
import { getVideoRecord, type VideoRecord } from '#videos/video-record.ts'

/** What a hook is told beside the video. */
export type HookContext = Omit<HookCall, 'was'>

/** What was written down of a video. */
export interface Transcript {
  /** As the runner heard it: two or three letters. */
  readonly language: string
  /** Of the WebVTT file in the storage. */
  readonly key: string
}

type VideoHook = (video: VideoRecord, call: HookContext) => unknown

/**
 * Functions of the application. Each is called once for each event, in one of the processes that have
 * it; again later when it throws or rejects, and again when its process dies while it runs: `call.key`
 * tells such a repetition. A video that is deleted meanwhile is told to `onDeleted` only.
 */
export interface ApplicationHooks {
  /** A version is there with all its renditions. */
  readonly onPublished?: VideoHook
  /** It was given up; `video.error` says why. */
  readonly onFailed?: VideoHook
  /** It can be watched, though not all of it is encoded. */
  readonly onPlayable?: VideoHook
  readonly onCancelled?: VideoHook
  readonly onTranscribed?: (
    video: VideoRecord,
    transcript: Transcript,
    call: HookContext,
  ) => unknown
  /** `call.event.data.error` says why. */
  readonly onTranscriptionFailed?: VideoHook
  readonly onStoryboard?: VideoHook
  readonly onEdited?: VideoHook
  readonly onDeleted?: (video: VideoInShort, call: HookContext) => unknown
}

export type HookName = keyof ApplicationHooks

/** The event that each hook is told of. */
export const hookEvents = {
  onPublished: 'video.published',
  onFailed: 'video.failed',
  onPlayable: 'video.playable',
  onCancelled: 'video.cancelled',
  onTranscribed: 'video.transcribed',
  onTranscriptionFailed: 'video.transcription_failed',
  onStoryboard: 'video.storyboard',
  onEdited: 'video.edited',
  onDeleted: 'video.deleted',
} as const satisfies Record<HookName, string>

/** What is needed to tell a hook of a video. */
export type HookParts = Pick<Parts, 'config' | 'database' | 'storage'>

/**
 * Hooks as they are called. A hook's name in the database is `<application>.<name>`: calls that are
 * open are made by the next process which has a hook of that name.
 */
export function nameHooks(
  parts: HookParts,
  application: string,
  hooks: Iterable<readonly [HookName, Required<ApplicationHooks>[HookName]]>,
): Hook[] {
  const counts = new Map<HookName, number>()
  return [...hooks].map(([name, hook]) => {
    const number = (counts.get(name) ?? 0) + 1
    counts.set(name, number)
    return {
      name: `${application}.${name}${number > 1 ? `.${number}` : ''}`,
      events: [hookEvents[name]],
      call: callOf(parts, name, hook),
    }
  })
}

function callOf(
  parts: HookParts,
  name: HookName,
  hook: Required<ApplicationHooks>[HookName],
): Hook['call'] {
  if (name === 'onDeleted') {
    const tell = hook as Required<ApplicationHooks>['onDeleted']
    return ({ was, ...call }) => tell(was, contextOf(call))
  }
  if (name === 'onTranscribed') {
    const tell = hook as Required<ApplicationHooks>['onTranscribed']
    return tellOfVideo(parts, (video, call) => tell(video, transcriptOf(video, call), call))
  }
  return tellOfVideo(parts, hook as VideoHook)
}

/** Calls with the record of the event's version; not at all when the video is gone. */
export function tellOfVideo(parts: HookParts, tell: VideoHook): Hook['call'] {
  return async (call) => {
    const { version } = call.event.data
    const video = await getVideoRecord(parts.database, call.was.id, {
      baseUrl: mediaOriginsOf(parts),
      version: typeof version === 'number' ? version : undefined,
    })
    if (video) await tell(video, contextOf(call))
  }
}

/** What the event of a transcript says, with its file as a key of the storage. */
export function transcriptOf({ directory }: VideoRecord, { event }: HookContext): Transcript {
  const { language, path } = event.data
  return { language: String(language), key: `${directory}/${String(path)}` }
}

function contextOf({ key, event, attempt }: HookContext): HookContext {
  return { key, event, attempt }
}
