import { ReelmillError } from '#errors/reelmill-error.ts'
import type { AudioStream } from '#media/probe/media-info.ts'
import type { Workplace } from './encode-file.ts'
import type { FileWorkContext } from './file-work.ts'
import { type FileInput, findSound, openInput } from './open-input.ts'

/** What a video is made from: pictures in one file, sound in the same or in another. */
export interface Sources {
  /** In the order of ffmpeg's inputs. */
  readonly inputs: readonly FileInput[]
  readonly main: FileInput
  readonly sound: Sound | null
}

/** A stream of sound, and the index of ffmpeg's input that holds it. */
export interface Sound {
  readonly input: number
  readonly stream: AudioStream
}

interface VideoInput {
  readonly videoFileUrl: string
  readonly separatedAudioFileUrl?: readonly string[]
}

/**
 * Downloads and looks into the video's file and, where its sound lies apart, that too, one after
 * the other. The separate sound goes before any in the video's own file (runner protocol 2.1).
 */
export async function openSources(
  place: Workplace & Pick<FileWorkContext<unknown>, 'download'>,
  { videoFileUrl, separatedAudioFileUrl = [] }: VideoInput,
): Promise<Sources> {
  const main = await openInput(await place.download(videoFileUrl), place)
  const [audioUrl] = separatedAudioFileUrl
  if (audioUrl === undefined) return combineSources(main, null)
  return combineSources(main, await openInput(await place.download(audioUrl), place))
}

/** The sources that these files are; the second, if any, holds the sound. */
export function combineSources(main: FileInput, apart: FileInput | null): Sources {
  const separate = apart === null ? null : findSound(apart)
  if (apart !== null && separate !== null) {
    return { inputs: [main, apart], main, sound: { input: 1, stream: separate } }
  }
  const own = findSound(main)
  return { inputs: [main], main, sound: own && { input: 0, stream: own } }
}

/** The sound of the sources; throws `source_no_sound`. */
export function requireSound({ sound }: Sources): Sound {
  if (sound) return sound
  throw new ReelmillError('source_no_sound')
}
