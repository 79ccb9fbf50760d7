import type { Config } from '#config/config.ts'
import type { transcodingSettings } from '#config/transcoding-settings.ts'
import type { WholeFiles } from './profile-schema.ts'

/** The settings that profiles of whole files start from; a whole Config will do. */
export type TranscodingSettings = Pick<Config, keyof typeof transcodingSettings>

/** All that planning of whole files must know, from the profile and the settings together. */
export interface WholeFileOptions {
  readonly rules: 'marsha' | 'peertube'
  readonly hls: boolean
  readonly webVideos: boolean
  /** Sound in a file of its own, once, instead of in every HLS file. */
  readonly splitAudio: boolean
  /** Short sides in pixels, ascending; 0: sound alone. */
  readonly resolutions: readonly number[]
  readonly alwaysOriginal: boolean
  readonly frameRates: FrameRateOptions
  readonly storyboard: boolean
  readonly transcription: boolean
}

/** Frames per second but for `keepFromResolution`, which is pixels of the short side. */
export interface FrameRateOptions {
  readonly min: number
  readonly standard: readonly number[]
  readonly hdStandard: readonly number[]
  readonly audioMerge: number
  readonly average: number
  readonly max: number
  readonly keepFromResolution: number
  readonly choice: 'nearest' | 'remainder'
  readonly originalKeepsRate: boolean
}

/** The profile's own words, and the settings where it says nothing (D-20 to D-28). */
export function fillOptions(profile: WholeFiles, settings: TranscodingSettings): WholeFileOptions {
  const { rules, hls = true, webVideos = false, splitAudio = false } = profile
  const { storyboard = false, transcription = false } = profile
  const resolutions = profile.resolutions ?? listEnabled(settings)
  return {
    rules,
    hls,
    webVideos,
    splitAudio,
    resolutions: resolutions.toSorted((a, b) => a - b),
    alwaysOriginal: profile.alwaysOriginal ?? settings.transcodingAlwaysOriginal,
    frameRates: fillFrameRates(profile, settings),
    storyboard,
    transcription,
  }
}

/** D-21: a flag for each height. */
function listEnabled(settings: TranscodingSettings): number[] {
  const flags: readonly (readonly [number, boolean])[] = [
    [144, settings.transcodingResolutions144p],
    [240, settings.transcodingResolutions240p],
    [360, settings.transcodingResolutions360p],
    [480, settings.transcodingResolutions480p],
    [720, settings.transcodingResolutions720p],
    [1080, settings.transcodingResolutions1080p],
    [1440, settings.transcodingResolutions1440p],
    [2160, settings.transcodingResolutions2160p],
  ]
  return flags.filter(([, enabled]) => enabled).map(([height]) => height)
}

function fillFrameRates(
  { rules, frameRates = {} }: WholeFiles,
  settings: TranscodingSettings,
): FrameRateOptions {
  return {
    min: settings.transcodingFpsMin,
    standard: settings.transcodingFpsStandard,
    hdStandard: settings.transcodingFpsHdStandard,
    audioMerge: settings.transcodingFpsAudioMerge,
    average: settings.transcodingFpsAverage,
    max: settings.transcodingFpsMax,
    keepFromResolution: settings.transcodingFpsKeepOriginResolutionMin,
    choice: rules === 'peertube' ? 'remainder' : 'nearest',
    originalKeepsRate: rules === 'peertube',
    ...frameRates,
  }
}
