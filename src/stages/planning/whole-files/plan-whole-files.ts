import type { MediaInfo } from '#media/probe/media-info.ts'
import type { WholeFileProfile } from '../profile.ts'
import { planSprites } from '../sprites.ts'
import { describeFilm, type Film } from './film.ts'
import { chooseFps, requireFps } from './frame-rate.ts'
import { fillOptions, type TranscodingSettings, type WholeFileOptions } from './options.ts'
import type { FileRendition, WholeFilePlan } from './plan.ts'
import { type ChosenResolutions, chooseResolutions, sizeOf } from './resolutions.ts'
import { planMarshaTree, planPeertubeTree, planSoundTree, type Wanted } from './tree.ts'

/**
 * Which whole files are made of a source: a pure function of what is known of it, the profile, and
 * the TRANSCODING_… settings (rows D-20 to D-49; runner protocol section 6).
 *
 * @throws ReelmillError `source_too_few_frames` (D-22).
 */
export function planWholeFiles(
  media: MediaInfo,
  profile: WholeFileProfile,
  settings: TranscodingSettings,
): WholeFilePlan {
  const options = fillOptions(profile.wholeFiles, settings)
  const film = describeFilm(media, options)
  if (film) requireFps(film.fps, options.frameRates)
  return {
    kind: 'whole-files',
    profile: profile.name,
    naming: options.rules,
    hls: options.hls,
    webVideos: options.webVideos,
    inputStreams: film ? (film.hasAudio ? [1, 2] : [1]) : [2],
    renditions: [
      ...(film ? planFilm(film, options) : planSound(options)),
      ...planExtras(media, options),
    ],
  }
}

function planFilm(film: Film, options: WholeFileOptions): FileRendition[] {
  // A merged film has 480p whatever is enabled (runner protocol 6.2).
  const alwaysOriginal = options.alwaysOriginal || film.isMerged
  const chosen = chooseResolutions(film.size, { ...options, alwaysOriginal })
  const planTree = options.rules === 'peertube' ? planPeertubeTree : planMarshaTree
  return planTree(film, chosen, options).map((wanted) => ({
    ...describe(wanted, options),
    ...describePicture(wanted, film, chosen, options),
    ...describeMerged(wanted, film),
    hasAudio: film.hasAudio && !(isSplit(wanted) && wanted.resolution > 0),
  }))
}

function planSound(options: WholeFileOptions): FileRendition[] {
  return planSoundTree(options).map((wanted) => describe(wanted, options))
}

/** A merged film has the shape of whatever picture it is given: only its short side is known. */
function describePicture(
  { resolution }: Wanted,
  film: Film,
  { original }: ChosenResolutions,
  options: WholeFileOptions,
): Pick<FileRendition, 'width' | 'height' | 'fps' | 'hasVideo'> {
  const isKnown = resolution > 0 && !film.isMerged
  const { width, height } = isKnown ? sizeOf(film.size, resolution) : { width: null, height: null }
  const wanted = { resolution, isOriginal: resolution === original }
  const fps = chooseFps(film.fps, wanted, options.frameRates)
  return { width, height, fps, hasVideo: resolution > 0 }
}

/** ffmpeg's `-shortest` ends a looped picture up to its buffer of 10 s after the sound. */
const mergedLongerSeconds = 12

/** The first of a merged film is made of the source; everything else is made of that. */
function describeMerged(
  { type, resolution }: Wanted,
  { isMerged }: Film,
): Pick<FileRendition, 'madeFrom' | 'longerAtMostSeconds'> {
  const isSound = resolution === 0
  return {
    madeFrom: isMerged && !isSound && type !== 'vod-audio-merge-transcoding' ? 0 : null,
    longerAtMostSeconds: isMerged && !isSound ? mergedLongerSeconds : 0,
  }
}

/** A file of sound; pictures are added by who knows them. */
function describe(wanted: Wanted, { rules }: WholeFileOptions): FileRendition {
  const { type, resolution, parent, required } = wanted
  const kind = resolution > 0 ? `${resolution}p` : 'audio'
  return {
    name: type === 'vod-hls-transcoding' ? kind : `${kind}-web`,
    type,
    resolution,
    width: null,
    height: null,
    fps: 0,
    parent,
    madeFrom: null,
    longerAtMostSeconds: 0,
    priority: rules === 'peertube' ? (required ? 100 : 10_000) : 0,
    required,
    separatedAudio: isSplit(wanted),
    hasVideo: false,
    hasAudio: true,
    deleteWebVideoFiles: wanted.deleteWebVideoFiles ?? false,
    sprites: null,
  }
}

function isSplit({ type, separatedAudio }: Wanted): boolean {
  return type === 'vod-hls-transcoding' && (separatedAudio ?? false)
}

/** Beside the films: nothing waits for them, and the video is whole without them (3.4). */
function planExtras(media: MediaInfo, options: WholeFileOptions): FileRendition[] {
  const { video, durationSeconds } = media
  const sprites = options.storyboard && video ? planSprites(video, durationSeconds) : null
  const wanted = { resolution: 0, parent: null, required: false }
  const make = (type: Wanted['type'], name: string, priority: number): FileRendition => ({
    ...describe({ ...wanted, type }, options),
    name,
    priority: options.rules === 'peertube' ? priority : 0,
    hasAudio: false,
  })
  return [
    ...(sprites ? [{ ...make('generate-video-storyboard', 'storyboard', 95), sprites }] : []),
    ...(options.transcription && media.audio.length > 0
      ? [make('video-transcription', 'transcription', 200)]
      : []),
  ]
}
