import { flag, integer, integers } from './setting-kinds.ts'

/** Whether profiles of whole files make this resolution, where they do not say so themselves. */
function resolution(height: number, fallback: boolean) {
  return flag({
    name: `TRANSCODING_RESOLUTIONS_${height}P`,
    fallback: String(fallback),
    sentence: `Profiles of whole files make ${height}p, unless they list their resolutions.`,
  })
}

const fps = 'frames per second'

/**
 * The settings that profiles of whole files start from (D-20 to D-29), under the names that
 * installations have set for years. What a profile says itself wins.
 */
export const transcodingSettings = {
  transcodingAlwaysOriginal: flag({
    name: 'TRANSCODING_ALWAYS_TRANSCODE_ORIGINAL_RESOLUTION',
    fallback: 'false',
    sentence: "Profiles of whole files also make the source's own resolution.",
  }),
  transcodingResolutions144p: resolution(144, false),
  transcodingResolutions240p: resolution(240, false),
  transcodingResolutions360p: resolution(360, true),
  transcodingResolutions480p: resolution(480, true),
  transcodingResolutions720p: resolution(720, true),
  transcodingResolutions1080p: resolution(1080, false),
  transcodingResolutions1440p: resolution(1440, false),
  transcodingResolutions2160p: resolution(2160, false),
  transcodingFpsMin: integer(
    {
      name: 'TRANSCODING_FPS_MIN',
      fallback: '1',
      unit: fps,
      sentence: 'A source with fewer is refused by profiles of whole files.',
    },
    0,
    1000,
  ),
  transcodingFpsStandard: integers({
    name: 'TRANSCODING_FPS_STANDARD',
    fallback: '24,25,30',
    unit: fps,
    sentence: 'Rates to choose from for small pictures of a source above TRANSCODING_FPS_AVERAGE.',
  }),
  transcodingFpsHdStandard: integers({
    name: 'TRANSCODING_FPS_HD_STANDARD',
    fallback: '50,60',
    unit: fps,
    sentence: 'Rates to choose from for a source above TRANSCODING_FPS_MAX.',
  }),
  transcodingFpsAudioMerge: integer(
    {
      name: 'TRANSCODING_FPS_AUDIO_MERGE',
      fallback: '25',
      unit: fps,
      sentence: 'Rate of the still picture that is shown with sound alone.',
    },
    1,
    1000,
  ),
  transcodingFpsAverage: integer(
    {
      name: 'TRANSCODING_FPS_AVERAGE',
      fallback: '30',
      unit: fps,
      sentence: 'Small pictures of a faster source get one of TRANSCODING_FPS_STANDARD.',
    },
    1,
    1000,
  ),
  transcodingFpsMax: integer(
    {
      name: 'TRANSCODING_FPS_MAX',
      fallback: '60',
      unit: fps,
      sentence: 'No file of a whole-file profile is faster.',
    },
    1,
    1000,
  ),
  transcodingFpsKeepOriginResolutionMin: integer(
    {
      name: 'TRANSCODING_FPS_KEEP_ORIGIN_FPS_RESOLUTION_MIN',
      fallback: '720',
      unit: 'pixels',
      sentence: "From this resolution on the source's rate is kept, up to TRANSCODING_FPS_MAX.",
    },
    0,
    100_000,
  ),
} as const
