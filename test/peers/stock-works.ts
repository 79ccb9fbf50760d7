import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  AudioMergePayload,
  CustomUpload,
  FilePayloads,
  HlsPayload,
  StoryboardPayload,
  StudioPayload,
  TranscriptionPayload,
  WebVideoPayload,
} from '#jobs/file-payload.ts'
import {
  audioArguments,
  generalArguments,
  hlsArguments,
  isReadyForHls,
  type Target,
  videoArguments,
} from './stock-arguments.ts'
import { runFfmpeg } from './stock-ffmpeg.ts'
import type { FormFile } from './stock-form.ts'
import { probe, type StockProbe } from './stock-probe.ts'
import type { StockHabits } from './stock-release.ts'
import { runStudioTask } from './stock-studio.ts'

/** What a work needs of the runner around it. */
export interface Bench {
  readonly habits: StockHabits
  /** The runner's scratch folder. */
  readonly folder: string
  /** Downloads an input; where it lies. */
  fetch(url: string): Promise<string>
  readonly onProgress: (percent: number) => void
  readonly signal: AbortSignal
}

/** A file of a result, and where it is to be sent by itself, if anywhere. */
export interface ResultFile extends FormFile {
  readonly customUpload?: CustomUpload | undefined
}

export interface WorkResult {
  readonly texts: readonly (readonly [name: string, value: string])[]
  readonly files: readonly ResultFile[]
}

type Works = {
  readonly [Type in keyof FilePayloads]: (
    payload: FilePayloads[Type],
    bench: Bench,
  ) => Promise<WorkResult>
}

/** What the stock runner does for each type (runner protocol 5.8, 5.10); live is not imitated. */
const works: Works = {
  'vod-web-video-transcoding': encodeWebVideo,
  'vod-hls-transcoding': encodeHls,
  'vod-audio-merge-transcoding': mergeAudio,
  'video-studio-transcoding': editInStudio,
  'video-transcription': transcribe,
  'generate-video-storyboard': makeStoryboard,
}

/** The work of a type that the server named; null for one that is not known. */
export function findWork(type: string) {
  if (!Object.hasOwn(works, type)) return null
  // The server's payload is taken at its word, as the stock runner does.
  return works[type as keyof FilePayloads] as (
    payload: unknown,
    bench: Bench,
  ) => Promise<WorkResult>
}

async function encodeWebVideo({ input, output }: WebVideoPayload, bench: Bench) {
  const { inputs, source, isSplit } = await fetchVideo(input, bench)
  const path = join(bench.folder, `output-${randomUUID()}.mp4`)
  const encoding = { habits: bench.habits, source, target: output }
  const pictures = output.resolution === 0 ? ['-vn'] : videoArguments(encoding)
  await encode(bench, source, [
    ...inputs,
    ...mapInputs(isSplit, output),
    ...generalArguments,
    ...pictures,
    ...audioArguments(source, true),
    ...['-movflags', 'faststart', '-f', 'mp4', path],
  ])
  return { texts: [], files: [videoFile(path, output.videoFileCustomUpload)] }
}

async function encodeHls({ input, output }: HlsPayload, bench: Bench) {
  const { inputs, source, isSplit } = await fetchVideo(input, bench)
  const name = `${randomUUID()}-${output.resolution}`
  const playlist = join(bench.folder, `${name}.m3u8`)
  const encoding = { habits: bench.habits, source, target: output }
  const hasSound = output.resolution === 0 || output.separatedAudio !== true
  const copies = output.resolution !== 0 && isReadyForHls(encoding)
  const sound = copies ? ['-acodec', 'copy'] : audioArguments(source, bench.habits.copiesSoundInHls)
  await encode(bench, source, [
    ...inputs,
    ...mapInputs(isSplit && hasSound, output),
    ...(copies ? [] : generalArguments),
    ...hlsPictures(copies, encoding),
    ...(hasSound ? sound : ['-an']),
    ...hlsArguments(bench.folder, name),
    playlist,
  ])
  await nameMapBare(playlist, bench.folder)
  const video = videoFile(
    join(bench.folder, `${name}-fragmented.mp4`),
    output.videoFileCustomUpload,
  )
  return {
    texts: [],
    files: [
      video,
      {
        field: 'payload[resolutionPlaylistFile]',
        path: playlist,
        name: `${name}.m3u8`,
        type: 'application/vnd.apple.mpegurl',
        customUpload: output.resolutionPlaylistFileCustomUpload,
      },
    ],
  }
}

function hlsPictures(copies: boolean, encoding: Parameters<typeof videoArguments>[0]): string[] {
  if (encoding.target.resolution === 0) return ['-vn']
  return copies ? ['-vcodec', 'copy'] : videoArguments(encoding)
}

async function mergeAudio({ input, output }: AudioMergePayload, bench: Bench) {
  const audio = await bench.fetch(input.audioFileUrl)
  const preview = await bench.fetch(input.previewFileUrl)
  const source = await probe(audio)
  const still = await probe(preview)
  const path = join(bench.folder, `output-${randomUUID()}.mp4`)
  const encoding = { habits: bench.habits, source: still, target: output }
  await encode(bench, source, [
    ...['-loop', '1', '-i', preview, '-i', audio],
    ...generalArguments,
    ...videoArguments(encoding),
    ...['-tune', 'stillimage', '-shortest'],
    ...audioArguments(source, true),
    ...['-movflags', 'faststart', '-f', 'mp4', path],
  ])
  return { texts: [], files: [videoFile(path, output.videoFileCustomUpload)] }
}

async function editInStudio({ input, output, tasks }: StudioPayload, bench: Bench) {
  const { path: video, inputs } = await fetchVideo(input, bench)
  let current = { path: video, inputs }
  for (const [index, task] of tasks.entries()) {
    const path = join(bench.folder, `output-edition-${randomUUID()}.mp4`)
    await runStudioTask(task, { ...current, output: path, bench })
    current = { path, inputs: ['-i', path] }
    bench.onProgress(Math.floor(100 / tasks.length) * (index + 1))
  }
  return { texts: [], files: [videoFile(current.path, output?.videoFileCustomUpload)] }
}

/** Whisper's stand-in: the same words whatever is said. */
async function transcribe({ input, output }: TranscriptionPayload, bench: Bench) {
  const source = await probe(await bench.fetch(input.videoFileUrl))
  if (!source.audio) throw new Error('The input has no audio, so nothing can be transcribed')
  const path = join(bench.folder, `${randomUUID()}.vtt`)
  await writeFile(path, 'WEBVTT\n\n00:00.000 --> 00:01.000\nHello there.\n')
  return {
    texts: [['payload[inputLanguage]', 'en']] as const,
    files: [
      {
        field: 'payload[vttFile]',
        path,
        name: 'subtitle.vtt',
        type: 'text/vtt',
        customUpload: output?.vttFileCustomUpload,
      },
    ],
  }
}

async function makeStoryboard({ input, sprites, output }: StoryboardPayload, bench: Bench) {
  const video = await bench.fetch(input.videoFileUrl)
  const { size, count, duration } = sprites
  const path = join(bench.folder, `${randomUUID()}.jpg`)
  const filters = [
    'setpts=N/round(FRAME_RATE)/TB',
    `select='not(mod(t,${duration}))'`,
    `scale=${size.width}:${size.height}`,
    `tile=layout=${count.width}x${count.height}`,
  ]
  await encode(bench, await probe(video), [
    ...['-i', video, '-vf', filters.join(',')],
    ...['-frames:v', '1', '-q:v', '2', path],
  ])
  return {
    texts: [],
    files: [
      {
        field: 'payload[storyboardFile]',
        path,
        name: 'storyboard.jpg',
        type: 'image/jpeg',
        customUpload: output?.storyboardFileCustomUpload,
      },
    ],
  }
}

/** The video, then its separated sound, one after the other (runner protocol 5.4). */
async function fetchVideo(input: WebVideoPayload['input'], bench: Bench) {
  const path = await bench.fetch(input.videoFileUrl)
  const [audioUrl] = input.separatedAudioFileUrl ?? []
  const audio = audioUrl === undefined ? null : await bench.fetch(audioUrl)
  const source = await probe(path)
  return {
    path,
    inputs: ['-i', path, ...(audio === null ? [] : ['-i', audio])],
    source: audio === null ? source : { ...source, audio: (await probe(audio)).audio },
    isSplit: audio !== null,
  }
}

function mapInputs(isSplit: boolean, { resolution }: Target): string[] {
  if (!isSplit) return []
  return resolution === 0 ? ['-map', '1:a'] : ['-map', '0:v', '-map', '1:a']
}

function encode(bench: Bench, source: StockProbe, args: readonly string[]): Promise<void> {
  const { durationSeconds } = source
  return runFfmpeg({ args, durationSeconds, onProgress: bench.onProgress, signal: bench.signal })
}

function videoFile(path: string, customUpload: CustomUpload | undefined): ResultFile {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return { field: 'payload[videoFile]', path, name, type: 'video/mp4', customUpload }
}

/** Some builds of ffmpeg write the map's whole path. */
async function nameMapBare(playlist: string, folder: string): Promise<void> {
  const text = await readFile(playlist, 'utf8')
  await writeFile(playlist, text.replaceAll(`${folder}/`, ''))
}
