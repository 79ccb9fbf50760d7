import type { EncoderSettings, Grid, OutputColor, VideoRendition } from '#jobs/payload.ts'

/**
 * What ffmpeg is told about one video rendition: fixed closed GOPs without scene cuts, a capped
 * constant quality, and everything pinned that enters the parameter sets.
 */
export function buildEncoderArguments(
  rendition: VideoRendition,
  grid: Grid,
  color: OutputColor,
  threads: number,
): string[] {
  const { encoder } = rendition
  return [
    '-c:v',
    encoder.name,
    '-pix_fmt',
    encoder.pixelFormat,
    ...(encoder.profile ? ['-profile:v', encoder.profile] : []),
    '-g',
    String(grid.gopFrames),
    '-keyint_min',
    String(grid.gopFrames),
    ...(threads > 0 ? ['-threads', String(threads)] : []),
    ...tagColor(color),
    ...buildCodecArguments(rendition, grid),
  ]
}

function tagColor({ space, primaries, transfer }: OutputColor): string[] {
  const range = ['-color_range', 'tv']
  return ['-colorspace', space, '-color_primaries', primaries, '-color_trc', transfer, ...range]
}

function buildCodecArguments({ codec, encoder }: VideoRendition, grid: Grid): string[] {
  switch (codec) {
    case 'h264':
      return buildH264(encoder)
    case 'hevc':
      return buildHevc(encoder, grid)
    case 'vp9':
      return buildVp9(encoder)
    case 'av1':
      return buildAv1(encoder, grid)
  }
}

/** `-flags +cgop` closes GOPs in every encoder of the family; x264 then has no open-gop. */
function buildH264(encoder: EncoderSettings): string[] {
  const structure = ['-refs', encoder.refs, '-bf', encoder.bframes, '-sc_threshold', 0]
  return [
    ...['-preset', encoder.preset, '-flags', '+cgop'],
    ...(encoder.level ? ['-level:v', encoder.level] : []),
    ...structure.map(String),
    ...(encoder.lossless ? ['-qp', '0'] : capRate(encoder)),
  ]
}

/** x265 reads its structure from its own parameters only. */
function buildHevc(encoder: EncoderSettings, grid: Grid): string[] {
  const parameters = [
    `keyint=${grid.gopFrames}`,
    `min-keyint=${grid.gopFrames}`,
    'scenecut=0',
    'open-gop=0',
    `ref=${encoder.refs}`,
    `bframes=${encoder.bframes}`,
    'repeat-headers=0',
    // Else its headers name the processor, and differ from one runner to the next.
    'info=0',
    'log-level=warning',
    ...(encoder.level ? [`level-idc=${encoder.level}`] : []),
    ...(encoder.lossless ? ['lossless=1'] : []),
  ]
  const rate = encoder.lossless ? [] : capRate(encoder)
  const tag = ['-tag:v', 'hvc1']
  return ['-preset', encoder.preset, ...rate, '-x265-params', parameters.join(':'), ...tag]
}

/** libvpx caps its constant quality by `-b:v`; without it the cap is ignored. */
function buildVp9(encoder: EncoderSettings): string[] {
  const rate = encoder.lossless
    ? ['-lossless', '1']
    : ['-crf', String(encoder.crf), '-b:v', String(encoder.maxrateBps)]
  return ['-deadline', 'good', '-cpu-used', encoder.preset, '-row-mt', '1', ...rate]
}

/** SVT-AV1 takes maxrate and bufsize in its constant-quality mode only, which this is. */
function buildAv1(encoder: EncoderSettings, grid: Grid): string[] {
  const parameters = `keyint=${grid.gopFrames}:irefresh-type=2:scd=0`
  return ['-preset', encoder.preset, ...capRate(encoder), '-svtav1-params', parameters]
}

function capRate({ crf, maxrateBps, bufsizeBits }: EncoderSettings): string[] {
  const values = ['-crf', crf, '-maxrate', maxrateBps, '-bufsize', bufsizeBits]
  return values.map(String)
}
