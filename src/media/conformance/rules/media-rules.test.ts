import assert from 'node:assert/strict'
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { execa } from 'execa'
import { checkOutput } from '../check-output.ts'
import type { Finding } from '../finding.ts'
import { type Breaker, findBrokenRules, makeSampleOutput } from '../sample-output.ts'

interface Case {
  readonly title: string
  readonly rules: readonly string[]
  readonly breakIt: (breaker: Breaker) => Promise<unknown>
}

/** Where the body of the first box of that type begins. */
function bodyOf(bytes: Buffer, type: string): number {
  const at = bytes.indexOf(type, 0, 'latin1')
  assert.ok(at > 0, `there is a ${type} box`)
  return at + 4
}

function rename(bytes: Buffer, from: string, to: string): undefined {
  bytes.write(to, bodyOf(bytes, from) - 4, 'latin1')
}

function addToTfdt(bytes: Buffer, ticks: number): undefined {
  const at = bodyOf(bytes, 'tfdt')
  assert.equal(bytes[at], 1, 'the decode time has 64 bits')
  bytes.writeBigUInt64BE(bytes.readBigUInt64BE(at + 4) + BigInt(ticks), at + 4)
}

/** Makes every IDR slice at the head of the first sample a plain one. */
function removeIdr(bytes: Buffer): undefined {
  let at = bodyOf(bytes, 'mdat')
  for (let count = 0; count < 8; count++) {
    const size = bytes.readUInt32BE(at)
    if (((bytes[at + 4] ?? 0) & 0x1f) === 5) bytes[at + 4] = 0x61
    at += 4 + size
  }
}

/** The codec as configuration and both manifests have it. */
async function changeCodec({ bytes, text }: Breaker, name: string, [from, to]: [string, string]) {
  const hex = (codec: string) => Buffer.from(codec.slice(5), 'hex')
  await bytes(`${name}-init.mp4`, (init) => {
    const at = bodyOf(init, 'avcC') + 1
    assert.deepEqual(init.subarray(at, at + 3), hex(from))
    hex(to).copy(init, at)
    init.write(to.slice(0, 4), init.indexOf('avc1', bodyOf(init, 'stsd'), 'latin1'), 'latin1')
    return undefined
  })
  for (const file of ['master.m3u8', 'manifest.mpd']) await text(file, new RegExp(from, 'g'), to)
}

const cases: readonly Case[] = [
  {
    title: 'a gap between segments',
    rules: ['7.3'],
    breakIt: ({ bytes }) => bytes('au-1.m4s', (segment) => addToTfdt(segment, 100)),
  },
  {
    title: 'a rendition whose segments begin elsewhere',
    rules: ['7.3', '8.22', 'CMAF-switching-set', 'DASH-5.3.3.2-aligned'],
    breakIt: ({ bytes }) => bytes('lo-1.m4s', (segment) => addToTfdt(segment, 512)),
  },
  {
    title: 'a segment that the manifest has at another time',
    rules: ['7.3', '8.22', 'DASH-5.3.9.6-times'],
    breakIt: ({ bytes }) => bytes('au-1.m4s', (segment) => addToTfdt(segment, 4800)),
  },
  {
    title: 'a segment without an IDR picture (and an I-frame that is none)',
    rules: ['6.10', '7.4'],
    breakIt: ({ bytes }) => bytes('lo-1.m4s', removeIdr),
  },
  {
    title: 'a profile above High',
    rules: ['1.3b'],
    breakIt: (breaker) => changeCodec(breaker, 'lo', ['avc1.42c00c', 'avc1.7ac00c']),
  },
  {
    title: 'a level that nothing needs',
    rules: ['1.11'],
    breakIt: (breaker) => changeCodec(breaker, 'lo', ['avc1.42c00c', 'avc1.42c033']),
  },
  {
    title: 'parameter sets in the samples',
    rules: ['1.10', '1.10'],
    breakIt: async (breaker) => {
      await changeCodec(breaker, 'lo', ['avc1.42c00c', 'avc3.42c00c'])
      await changeCodec(breaker, 'hi', ['avc1.42c014', 'avc3.42c014'])
    },
  },
  {
    title: 'sound of six channels only',
    rules: ['2.3'],
    breakIt: ({ bytes }) =>
      bytes('au-init.mp4', (init) => {
        init.writeUInt16BE(6, bodyOf(init, 'mp4a') + 16)
        return undefined
      }),
  },
  {
    title: 'no mvex',
    rules: ['RFC8216-3.3'],
    breakIt: ({ bytes }) => bytes('lo-init.mp4', (init) => rename(init, 'mvex', 'free')),
  },
  {
    title: 'a box that ends nowhere',
    rules: ['RFC8216-3.3'],
    breakIt: ({ bytes }) => bytes('au-2.m4s', (segment) => segment.subarray(0, -7)),
  },
  {
    title: 'a fragment without tfdt',
    rules: ['7.3', 'DASH-5.3.9.6-times', 'RFC8216-3.3-tfdt'],
    breakIt: ({ bytes }) => bytes('au-2.m4s', (segment) => rename(segment, 'tfdt', 'free')),
  },
  {
    title: 'samples that are not found from the moof',
    rules: ['RFC8216-3.3-relative'],
    breakIt: ({ bytes }) =>
      bytes('au-1.m4s', (segment) => {
        segment[bodyOf(segment, 'tfhd') + 1] = 0
        return undefined
      }),
  },
  {
    title: 'a header that does not say that it is CMAF',
    rules: ['CMAF-brands'],
    breakIt: ({ bytes }) => bytes('au-init.mp4', (init) => rename(init, 'cmfc', 'mp41')),
  },
  {
    title: 'a strange box after a chunk',
    rules: ['CMAF-chunk'],
    breakIt: ({ bytes }) =>
      bytes('au-2.m4s', (segment) => Buffer.concat([segment, Buffer.from('\0\0\0\x08wide')])),
  },
]

let sample = ''
before(async () => {
  sample = await mkdtemp(join(tmpdir(), 'reelmill-sample-'))
  await makeSampleOutput(sample)
})
after(() => rm(sample, { recursive: true, force: true }))

describe('the rules of media', () => {
  for (const { title, rules, breakIt } of cases) {
    it(`find ${title}: ${[...new Set(rules)].join(', ')}`, async () => {
      const found = await findBrokenRules(sample, async (breaker) => {
        await breakIt(breaker)
      })
      assert.deepEqual(found, [...new Set(rules)].toSorted())
    })
  }
})

/** The ids of the rules that a media playlist made by ffmpeg with these arguments breaks. */
async function judge(args: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'reelmill-judged-'))
  try {
    const hls = '-f hls -hls_time 2 -hls_playlist_type vod'.split(' ')
    const words = [...args.split(' '), ...hls, join(folder, 'index.m3u8')]
    await execa('ffmpeg', ['-v', 'error', '-y', ...words])
    const { findings } = await checkOutput(folder)
    return [...new Set(findings.map(({ rule }) => rule))].toSorted()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const pictures = (rate: number) => `-f lavfi -i testsrc2=s=160x90:r=${rate}:d=5`
const x264 = '-c:v libx264 -preset ultrafast -pix_fmt yuv420p'

describe('the outputs of others', () => {
  it('are judged when they are transport streams with sound and pictures together', async () => {
    const sound = '-f lavfi -i sine=d=5 -c:a aac'
    assert.deepEqual(await judge(`${pictures(25)} ${sound} ${x264} -g 50 -bf 2`), ['7.5', '9.5'])
  })

  it('may have one file with byte ranges', async () => {
    const file = '-hls_segment_type fmp4 -hls_flags single_file'
    const found = await judge(`${pictures(25)} ${x264} -g 50 ${file}`)
    assert.deepEqual(found, ['7.5', 'CMAF-brands'])
  })

  it('have key frames too far apart: 1.13', async () => {
    assert.deepEqual(await judge(`${pictures(25)} ${x264} -g 250`), ['1.13'])
  })

  it('have too many frames per second: 1.19', async () => {
    const found = await judge(`${pictures(90)} ${x264} -g 180 -hls_segment_type fmp4`)
    assert.deepEqual(found, ['1.19', '7.5', 'CMAF-brands'])
  })

  it('have two languages in one segment: 2.17', async () => {
    const sound = '-f lavfi -i sine=d=5 -f lavfi -i sine=d=5 -map 0 -map 1 -map 2 -c:a aac'
    const found = await judge(`${pictures(25)} ${sound} ${x264} -g 50`)
    assert.deepEqual(found, ['2.17', '7.5', '9.5'])
  })

  it('are HDR without saying so: 9.16', async () => {
    const color = '-color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc'
    const findings = await judgeVariant(color)
    assert.equal(findings.find(({ rule }) => rule === '9.16')?.expected, 'PQ')
  })

  it('peak at more than twice their average: 1.30', async () => {
    const findings = await judgeVariant('', async (folder) => {
      const free = Buffer.alloc(500_000)
      free.writeUInt32BE(free.length)
      free.write('free', 4, 'latin1')
      await appendFile(join(folder, 'v1.m4s'), free)
    })
    assert.ok(findings.some(({ rule }) => rule === '1.30'))
  })
})

/** The findings of three segments under a multivariant playlist, made with more arguments. */
async function judgeVariant(
  more: string,
  spoil: (folder: string) => Promise<void> = async () => undefined,
): Promise<readonly Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'reelmill-judged-'))
  try {
    const hls = '-f hls -hls_time 2 -hls_playlist_type vod -hls_segment_type fmp4'
    const words = `${pictures(25)} ${x264} -g 50 ${more} ${hls}`.split(' ').filter(Boolean)
    await execa('ffmpeg', ['-v', 'error', '-y', ...words, join(folder, 'v.m3u8')])
    const variant = '#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS="avc1"\nv.m3u8\n'
    await writeFile(join(folder, 'master.m3u8'), `#EXTM3U\n${variant}`)
    await spoil(folder)
    return (await checkOutput(join(folder, 'master.m3u8'))).findings
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
