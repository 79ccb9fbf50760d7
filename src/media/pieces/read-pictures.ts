import type { FileHandle } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { readBoxes, requireBox } from '../boxes/box.ts'
import { type InputSource, inputArguments } from '../ffmpeg/input-arguments.ts'
import { refuseBroken, toFfmpegError } from '../ffmpeg/outcome.ts'
import { readBytes } from '../ffmpeg/read-text.ts'
import { pipeUrl, type Run, type RunOptions, spawnFfmpeg } from '../ffmpeg/run.ts'
import type { Rational } from '../rational.ts'
import { PictureList } from './picture-list.ts'
import type { SourcePicture } from './place-pictures.ts'

interface Reading {
  readonly source: InputSource
  readonly demuxer: string
  /** Index of the stream in the source. */
  readonly stream: number
  /** On the source's own clock; null: from its first packet. */
  readonly fromSeconds: number | null
  /** Where the coded pictures are written, one after the other. */
  readonly file: FileHandle
  readonly offset: number
  /** Whether a picture is shown after everything that is wanted. */
  readonly isBeyond: (picture: SourcePicture, timeBase: Rational) => boolean
  readonly options: Pick<RunOptions, 'signal' | 'programs' | 'timeoutMs'>
}

/** Pictures as they lie in the source, undecoded. */
export interface CodedPictures {
  readonly pictures: readonly SourcePicture[]
  readonly timeBase: Rational
  /** The entry of the `stsd` that describes them, header included. */
  readonly sampleEntry: Buffer
}

/** No picture is decoded after more of those that are shown after it (H.264 A.3.1, H.265 A.4.2). */
const reorderedPictures = 16

const initLimitBytes = 1024 * 1024

/**
 * Copies coded pictures from the key frame at or before a time on into a file, with the times that
 * the container tells. Times of decoding are not taken: containers that keep none make ffmpeg guess,
 * and a wrong guess would spoil the others.
 */
export async function readPictures(reading: Reading): Promise<CodedPictures> {
  const { source, options } = reading
  const run = spawnFfmpeg(buildArguments(reading), {
    ...options,
    pipes: 3,
    network: source.kind === 'http',
  })
  const [init, found] = await Promise.all([
    readBytes(run.pipes[2], initLimitBytes),
    followPictures(run, reading),
  ])
  const outcome = await run.done
  refuseBroken(outcome)
  const { list, stopped } = found
  if (!stopped && !outcome.ok) throw toFfmpegError(outcome, 'Cutting the source')
  if (!list.timeBase) throw new ReelmillError('source_damaged')
  return { pictures: list.pictures, timeBase: list.timeBase, sampleEntry: readEntry(init) }
}

function buildArguments({ source, demuxer, stream, fromSeconds }: Reading): string[] {
  const seek = ['-noaccurate_seek', '-seek_timestamp', '1', '-ss', fromSeconds?.toFixed(6) ?? '']
  const bare = ['-map_metadata', '-1', '-map_chapters', '-1']
  const copy = ['-map', `0:${stream}`, '-c', 'copy', ...bare, '-flush_packets', '1']
  const timesOfShowing = ['-bsf:v', 'setts=pts=PTS:dts=N-1000000000']
  return [
    '-copyts',
    ...(fromSeconds === null ? [] : seek),
    ...inputArguments(source, demuxer),
    ...[...copy, ...timesOfShowing, '-f', 'data', pipeUrl(0)],
    ...[...copy, ...timesOfShowing, '-f', 'framecrc', pipeUrl(1)],
    ...[...copy, '-frames:v', '1', '-f', 'mp4', '-movflags', '+empty_moov', pipeUrl(2)],
  ]
}

interface Followed {
  readonly list: PictureList
  /** By us, because there was enough. */
  readonly stopped: boolean
}

/** Reads both pipes at once, and stops ffmpeg when the pictures that were listed are in the file. */
async function followPictures(run: Run, reading: Reading): Promise<Followed> {
  const list = new PictureList()
  let listedBytes = 0
  let counted = 0
  let beyond = 0
  let writtenBytes = 0
  let stopped = false
  const isEnough = (): boolean => beyond > reorderedPictures
  const count = ({ timeBase, pictures }: PictureList): void => {
    for (const picture of pictures.slice(counted)) {
      listedBytes += picture.bytes
      if (timeBase && reading.isBeyond(picture, timeBase)) beyond += 1
    }
    counted = pictures.length
  }
  const stopInTime = (): void => {
    if (!isEnough() || stopped || writtenBytes < listedBytes) return
    stopped = true
    run.kill()
  }
  const store = async (pipe: Readable | undefined): Promise<void> => {
    for await (const chunk of pipe ?? []) {
      await reading.file.write(chunk, 0, chunk.length, reading.offset + writtenBytes)
      writtenBytes += chunk.length
      stopInTime()
    }
  }
  const follow = async (pipe: Readable | undefined): Promise<void> => {
    for await (const text of pipe?.setEncoding('utf8') ?? []) {
      if (isEnough()) continue
      list.add(text)
      count(list)
      stopInTime()
    }
  }
  await Promise.all([store(run.pipes[0]), follow(run.pipes[1])])
  return { list, stopped }
}

function readEntry(init: Buffer): Buffer {
  const moov = readBoxes(init.subarray(0, findEnd(init))).find(({ type }) => type === 'moov')
  const stsd = requireBox(moov?.body ?? init, 'trak', 'mdia', 'minf', 'stbl', 'stsd').body
  return Buffer.from(stsd.subarray(8))
}

/** What was read of the last fragment may break off where ffmpeg was stopped. */
function findEnd(init: Buffer): number {
  const fragment = init.indexOf('moof')
  return fragment < 4 ? init.length : fragment - 4
}
