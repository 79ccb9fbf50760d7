import type { ChunkPayload, Grid, PictureTreatment } from '#jobs/payload.ts'
import { chooseTicksPerSecond } from '#media/grid-clock.ts'

/** Padding at the end of a source whose last frames are missing; more than this is an error. */
const missingSecondsAllowed = 2

/**
 * The filter graph of a chunk: from the decoded pictures of the source to one labelled output per
 * rendition, `[v0]` … in the order of the payload.
 *
 * Pictures are put on the grid by their own times, not by counting: a time base in which every
 * frame of the grid is a whole number, the chunk's start moved to 0 by a whole number, and then
 * `fps` with a fixed start. So a chunk gets the very pictures that the whole file would get there,
 * also from a variable frame rate, and a picture that is held across the chunk's start is there.
 */
export function buildPictureFilters(payload: ChunkPayload): string {
  const { input, picture } = payload
  const head = [
    // Costs nothing where the size is that already.
    ...(picture.stored ? [scaleTo(picture.stored)] : []),
    ...placeOnGrid(payload),
    ...(picture.flattenAlpha ? ['format=gbrap', 'premultiply=inplace=1'] : []),
  ]
  return `[0:${input.videoStream}]${head.join(',')}${buildScales(payload)}`
}

function placeOnGrid({ grid, chunk, input, picture }: ChunkPayload): string[] {
  const [numerator, denominator] = grid.frameRate
  const ticksPerSecond = chooseTicksPerSecond(grid.frameRate)
  const originTicks = Math.round(input.originSeconds * ticksPerSecond)
  const startTicks = originTicks + (chunk.firstFrame * denominator * ticksPerSecond) / numerator
  const total = chunk.frames === null ? null : chunk.frames + chunk.tailFrames
  const reachesEnd =
    grid.frames !== null && total !== null && chunk.firstFrame + total >= grid.frames
  return [
    `settb=1/${ticksPerSecond}`,
    `setpts=PTS-(${startTicks})`,
    ...(picture.deinterlace ? ['bwdif=mode=send_frame'] : []),
    `fps=fps=${numerator}/${denominator}:start_time=0:round=near${endRule(total)}`,
    ...(reachesEnd ? [`tpad=stop_mode=clone:stop=${countPadding(grid)}`] : []),
    `trim=end_frame=${total ?? grid.framesAtMost}`,
  ]
}

/**
 * How long the last picture lasts is guessed by ffmpeg from the codec's parameters; where these claim
 * too high a rate, it would be dropped. Where `trim` knows the end, it can as well be shown too long.
 */
function endRule(total: number | null): string {
  return total === null ? '' : ':eof_action=pass'
}

/** Frames that may repeat the last picture: those of the plan, and a few that the source owes. */
function countPadding({ frameRate, heldFrames }: Grid): number {
  return heldFrames + Math.ceil((missingSecondsAllowed * frameRate[0]) / frameRate[1])
}

/**
 * The chain of scales down the ladder, each size from the next larger one, with a branch wherever a
 * rendition of this job leaves it.
 */
function buildScales({ picture, renditions }: ChunkPayload): string {
  const steps: string[] = []
  let incoming = ''
  for (const [index, scale] of picture.scales.entries()) {
    const outputs = renditions
      .map((rendition, output) => ({ rendition, label: `[v${output}]` }))
      .filter(
        ({ rendition }) => rendition.width === scale.width && rendition.height === scale.height,
      )
      .map(({ label }) => label)
    const goesOn = picture.scales
      .slice(index + 1)
      .some((next) => renditions.some((r) => r.width === next.width && r.height === next.height))
    if (outputs.length === 0 && !goesOn) break
    const next = goesOn ? [`[s${index}]`] : []
    const branches = [...outputs, ...next]
    const split = branches.length > 1 ? `,split=${branches.length}` : ''
    const first = index === 0 ? `,${finishPicture(picture, scale)}` : scaleTo(scale)
    steps.push(`${incoming}${first}${split}${branches.join('')}`)
    incoming = `[s${index}]`
  }
  return steps.join(';')
}

/** The largest size, with everything that is done once: tone mapping, colour, square pixels. */
function finishPicture(
  picture: PictureTreatment,
  scale: { readonly width: number; readonly height: number },
): string {
  // Tone mapping begins with the colours of HDR, and ends with those of the output.
  const matrix = picture.toneMapFrom ? 'bt2020' : scaleMatrix(picture.color.space)
  const conversion = picture.color.convert ? `:out_color_matrix=${matrix}:out_range=tv` : ''
  const toneMap = picture.toneMapFrom ? [buildToneMap(picture.toneMapFrom)] : []
  return [`${scaleTo(scale)}${conversion}`, ...toneMap, 'setsar=1', 'format=yuv420p'].join(',')
}

function scaleTo({ width, height }: { readonly width: number; readonly height: number }): string {
  return `scale=${width}:${height}:flags=bicubic`
}

/** HDR to SDR: linear light, BT.709 primaries, Hable's curve (ffmpeg's documentation of tonemap). */
function buildToneMap(transfer: 'pq' | 'hlg'): string {
  const from = transfer === 'pq' ? 'smpte2084' : 'arib-std-b67'
  return [
    `zscale=tin=${from}:min=bt2020nc:pin=bt2020:rin=tv:t=linear:npl=100`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    'tonemap=tonemap=hable:desat=0',
    'zscale=t=bt709:m=bt709:r=tv',
  ].join(',')
}

/** ffmpeg's names of matrices that the `scale` filter can convert to, in the filter's own words. */
const matrices: Readonly<Record<string, string>> = {
  bt470bg: 'bt601',
  smpte170m: 'bt601',
  smpte240m: 'smpte240m',
  fcc: 'fcc',
  bt2020nc: 'bt2020',
}

function scaleMatrix(space: string): string {
  return matrices[space] ?? 'bt709'
}
