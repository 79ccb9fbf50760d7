import { cp, mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { checkOutput } from './check-output.ts'

/** Changes the text of a file of the output; the change must find something to change. */
export type EditText = (
  file: string,
  pattern: string | RegExp,
  replacement: string | ((found: string, group: string) => string),
) => Promise<void>

/** Overwrites or replaces the bytes of a file of the output. */
export type EditBytes = (file: string, edit: (bytes: Buffer) => Buffer | undefined) => Promise<void>

export interface Breaker {
  readonly folder: string
  readonly text: EditText
  readonly bytes: EditBytes
  readonly remove: (file: string) => Promise<void>
}

/** The ids of the rules that fire, each once, on a copy of the output that was broken in one place. */
export async function findBrokenRules(
  sample: string,
  breakIt: (breaker: Breaker) => Promise<void>,
): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'reelmill-broken-'))
  try {
    await cp(sample, folder, { recursive: true })
    await breakIt(createBreaker(folder))
    const { findings } = await checkOutput(folder)
    return [...new Set(findings.map(({ rule }) => rule))].toSorted()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function createBreaker(folder: string): Breaker {
  const editBytes: EditBytes = async (file, edit) => {
    const bytes = await readFile(join(folder, file))
    await writeFile(join(folder, file), edit(bytes) ?? bytes)
  }
  return {
    folder,
    bytes: editBytes,
    text: (file, pattern, replacement) =>
      editBytes(file, (bytes) => {
        const before = bytes.toString('utf8')
        const after = before.replace(pattern, replacement as string)
        if (after === before) throw new Error(`${file} has nothing like ${pattern}`)
        return Buffer.from(after)
      }),
    remove: (file) => rm(join(folder, file)),
  }
}

/** For the tests of this folder: a small output, made with ffmpeg, that breaks no rule at all. */
export async function makeSampleOutput(folder: string): Promise<void> {
  await makeVideo(folder, 'lo', ['160x90', '150k'])
  await makeVideo(folder, 'hi', ['320x180', '400k'])
  const tone = '-f lavfi -i sine=d=12:r=48000 -ac 2 -c:a aac'.split(' ')
  await execa('ffmpeg', ['-v', 'error', '-y', ...tone, ...muxer(folder, 'au')])
  for (const name of ['lo', 'hi', 'au']) await brand(join(folder, `${name}-init.mp4`))
  for (const name of ['lo', 'hi']) await writeIframes(folder, name)
  await writeFile(join(folder, 'master.m3u8'), await writeMaster(folder))
  await writeFile(join(folder, 'manifest.mpd'), await writeManifest(folder))
}

async function makeVideo(folder: string, name: string, [size, rate]: [string, string]) {
  const input = `-v error -y -f lavfi -i testsrc2=s=${size}:r=25:d=12 -pix_fmt yuv420p`.split(' ')
  const gop = '-g 50 -keyint_min 50 -sc_threshold 0'.split(' ')
  const coding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', rate, ...gop]
  await execa('ffmpeg', [...input, ...coding, ...muxer(folder, name)])
}

function muxer(folder: string, name: string): string[] {
  const kind = '-f hls -hls_time 6 -hls_playlist_type vod -hls_segment_type fmp4'.split(' ')
  const init = ['-hls_fmp4_init_filename', `${name}-init.mp4`]
  const segments = ['-hls_segment_filename', join(folder, `${name}-%d.m4s`)]
  return [...kind, ...init, ...segments, join(folder, `${name}.m3u8`)]
}

/** ffmpeg 5.1 writes CMAF's boxes without saying so: the last compatible brand becomes "cmfc". */
async function brand(path: string): Promise<void> {
  await using file = await open(path, 'r+')
  await file.write('cmfc', 24, 'latin1')
}

async function writeIframes(folder: string, name: string): Promise<void> {
  const entries = [0, 1].map(async (number) => {
    const bytes = await readFile(join(folder, `${name}-${number}.m4s`))
    const offset = bytes.indexOf('moof', 0, 'latin1') - 4
    const length = bytes.length - offset
    return `#EXTINF:6.0,\n#EXT-X-BYTERANGE:${length}@${offset}\n${name}-${number}.m4s\n`
  })
  const head = `#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:6\n#EXT-X-PLAYLIST-TYPE:VOD\n`
  const only = `#EXT-X-I-FRAMES-ONLY\n#EXT-X-MAP:URI="${name}-init.mp4"\n`
  const body = (await Promise.all(entries)).join('')
  await writeFile(join(folder, `${name}-iframes.m3u8`), `${head}${only}${body}#EXT-X-ENDLIST\n`)
}

/** Two segments of 6 s: the peak is the larger, the average is both. */
async function weigh(folder: string, name: string): Promise<{ peak: number; average: number }> {
  const sizes = await Promise.all(
    [0, 1].map(async (number) => (await stat(join(folder, `${name}-${number}.m4s`))).size),
  )
  const [first = 0, second = 0] = sizes
  return {
    peak: Math.ceil((Math.max(first, second) * 8) / 5.9),
    average: Math.ceil(((first + second) * 8) / 12),
  }
}

async function writeMaster(folder: string): Promise<string> {
  const [lo, hi, au] = await Promise.all(['lo', 'hi', 'au'].map((name) => weigh(folder, name)))
  const variant = async (name: string, size: string, rates: typeof lo) => {
    const codec = await readAvcCodec(join(folder, `${name}-init.mp4`))
    const bandwidth = (rates?.peak ?? 0) + (au?.peak ?? 0)
    const average = (rates?.average ?? 0) + (au?.average ?? 0)
    const own = `RESOLUTION=${size},FRAME-RATE=25.000,CODECS="${codec},mp4a.40.2",AUDIO="a"`
    return `#EXT-X-STREAM-INF:BANDWIDTH=${bandwidth},AVERAGE-BANDWIDTH=${average},${own}\n${name}.m3u8\n`
  }
  const iframes = async (name: string) => {
    const codec = await readAvcCodec(join(folder, `${name}-init.mp4`))
    const uri = `CODECS="${codec}",URI="${name}-iframes.m3u8"`
    return `#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=400000,${uri}\n`
  }
  return [
    '#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n',
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",LANGUAGE="en",DEFAULT=YES,URI="au.m3u8"\n',
    await variant('hi', '320x180', hi),
    await variant('lo', '160x90', lo),
    await iframes('hi'),
    await iframes('lo'),
  ].join('')
}

async function readAvcCodec(path: string): Promise<string> {
  const bytes = await readFile(path)
  const at = bytes.indexOf('avcC', 0, 'latin1') + 5
  return `avc1.${bytes.subarray(at, at + 3).toString('hex')}`
}

async function writeManifest(folder: string): Promise<string> {
  const [lo, hi, au] = await Promise.all(['lo', 'hi', 'au'].map((name) => weigh(folder, name)))
  const timeline = (timescale: number, durations: readonly number[]) =>
    `<SegmentTemplate timescale="${timescale}" initialization="$RepresentationID$-init.mp4"
      media="$RepresentationID$-$Number$.m4s" startNumber="0"><SegmentTimeline>
      ${durations.map((ticks, index) => `<S ${index === 0 ? 't="0" ' : ''}d="${ticks}"/>`).join('')}
    </SegmentTimeline></SegmentTemplate>`
  const video = async (id: string, size: string, rates: typeof lo) =>
    `<Representation id="${id}" bandwidth="${rates?.peak}" ${size}
      codecs="${await readAvcCodec(join(folder, `${id}-init.mp4`))}"/>`
  const soundTicks = [288_768, 287_744, 1024]
  return `<?xml version="1.0" encoding="UTF-8"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" minBufferTime="PT6S"
  profiles="urn:mpeg:dash:profile:isoff-live:2011" mediaPresentationDuration="PT12S">
  <Period id="0">
    <AdaptationSet contentType="video" mimeType="video/mp4" segmentAlignment="true" startWithSAP="1">
      ${timeline(12_800, [76_800, 76_800])}
      ${await video('hi', 'width="320" height="180"', hi)}
      ${await video('lo', 'width="160" height="90"', lo)}
    </AdaptationSet>
    <AdaptationSet contentType="audio" mimeType="audio/mp4" lang="en" segmentAlignment="true" startWithSAP="1">
      <Role schemeIdUri="urn:mpeg:dash:role:2011" value="main"/>
      ${timeline(48_000, soundTicks)}
      <Representation id="au" bandwidth="${au?.peak}" codecs="mp4a.40.2" audioSamplingRate="48000">
        <AudioChannelConfiguration
          schemeIdUri="urn:mpeg:dash:23003:3:audio_channel_configuration:2011" value="2"/>
      </Representation>
    </AdaptationSet>
  </Period>
</MPD>
`
}
