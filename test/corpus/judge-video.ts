import { checkOutput } from '#media/conformance/check-output.ts'
import type { VideoView } from '#videos/video-view.ts'
import { type CountedStream, countFrames } from '../support/count-frames.ts'

/** What a file came to. */
export interface Verdict {
  readonly file: string
  /** "published", "failed source_damaged", "hung", "crash". */
  readonly outcome: string
  readonly seconds: number
  /** Pictures of each rendition as the video says. */
  readonly expected: string
  /** Streams that ffprobe counted: "250 250 +189", sound after "+". */
  readonly hls: string
  readonly dash: string
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
  /** What is wrong with this verdict: any makes the run fail. */
  readonly faults: readonly string[]
  readonly sentence: string
}

/** Judges how a video ended: its output from outside, or the reason that it gives. */
export async function judgeVideo(
  file: string,
  video: VideoView,
  seconds: number,
): Promise<Verdict> {
  const base = { file, seconds, expected: '', hls: '', dash: '', errors: [], warnings: [] }
  if (video.state === 'published') return { ...base, ...(await judgeOutput(video)) }
  const code = video.error?.code ?? ''
  const sentence = video.error?.message ?? ''
  return { ...base, outcome: `${video.state} ${code}`, sentence, faults: judgeFailure(video) }
}

/** Codes that tell the owner of a file nothing of it. */
const ours: readonly string[] = ['internal', 'output_refused', 'segment_refused']

/** A failure must say what and why, and blame the file or the caller rather than us. */
function judgeFailure({ state, error }: VideoView): string[] {
  return [
    ...(state === 'failed' ? [] : [`ended ${state}`]),
    ...(error?.code && error.message ? [] : ['failed without a code and a sentence']),
    ...(error && ours.includes(error.code) ? [`is ${error.code}`] : []),
  ]
}

async function judgeOutput(video: VideoView) {
  const { hls: master, dash: manifest } = video.urls
  const pictures = video.renditions.filter(({ kind }) => kind === 'video')
  const [hls, dash] = await Promise.all([count(master), count(manifest)])
  const { findings } = await checkOutput(master ?? '', { decode: true })
  const list = (severity: string) =>
    findings
      .filter((each) => each.severity === severity)
      .map(({ rule, where, message }) => `${rule} ${where} ${message}`)
  const errors = list('error')
  const expected = pictures.map(({ frames }) => frames)
  return {
    outcome: 'published',
    sentence: '',
    expected: expected.join(' '),
    hls: describe(hls),
    dash: describe(dash),
    errors,
    warnings: list('warning'),
    faults: [
      ...(errors.length > 0 ? ['does not pass the check'] : []),
      ...compareCounts('HLS', video, hls),
      ...compareCounts('DASH', video, dash),
    ],
  }
}

async function count(location: string | null): Promise<readonly CountedStream[]> {
  return location === null ? [] : countFrames(location)
}

function compareCounts(name: string, video: VideoView, counted: readonly CountedStream[]) {
  const expected = video.renditions
    .filter(({ kind }) => kind === 'video')
    .map(({ width, height, frames }) => `${width}x${height}: ${frames}`)
  const got = counted
    .filter(({ kind }) => kind === 'video')
    .map(({ width, height, frames }) => `${width}x${height}: ${frames}`)
  const sounds = video.renditions.length - expected.length
  const heard = counted.length - got.length
  // Without pictures the variant is one of the sounds, and ffprobe counts that one twice.
  const isComplete = heard === sounds || (expected.length === 0 && heard === sounds + 1)
  return [
    ...(expected.toSorted().join() === got.toSorted().join()
      ? []
      : [`${name} frames are ${got.join(', ')} instead of ${expected.join(', ')}`]),
    ...(isComplete ? [] : [`${name} has ${heard} of ${sounds} tracks of sound`]),
  ]
}

function describe(streams: readonly CountedStream[]): string {
  return streams.map(({ kind, frames }) => (kind === 'video' ? frames : `+${frames}`)).join(' ')
}
