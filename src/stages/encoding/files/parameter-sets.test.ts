import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { execa } from 'execa'
import { makeClip } from '../../../../test/support/clip.ts'
import { runFfmpeg } from '../../../../test/support/ffmpeg.ts'
import { makeWebVideo } from './web-video.ts'
import { makeContext } from './work-context.test-support.ts'

const folder = await mkdtemp(join(tmpdir(), 'reelmill-parameter-sets-'))
test.after(() => rm(folder, { recursive: true, force: true }))

/** What the `avcC` box holds: both parameter sets, as a hash. */
async function hashParameterSets(path: string): Promise<string> {
  const options = ['-select_streams', 'v:0', '-show_data_hash', 'md5']
  const entries = ['-show_entries', 'stream=extradata_hash', '-of', 'csv=p=0']
  const { stdout } = await execa('ffprobe', ['-v', 'error', ...options, ...entries, path])
  assert.match(stdout, /^MD5:/i)
  return stdout.trim()
}

test('the parameter sets are the stock runner’s to the byte, so that pieces by both are one video (D-107)', async () => {
  const sizes = { landscape: '640x360', portrait: '270x480', uneven: '322x178' }
  for (const [name, size] of Object.entries(sizes)) {
    const output = ['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709']
    const source = await makeClip({ folder, name: `${name}.mp4`, seconds: 1, size, output })
    const stock = join(folder, `${name}-stock.mp4`)
    const scale = name === 'portrait' ? 'w=144:h=-2' : 'w=-2:h=144'
    // 5.8, with the rate that follows from this size and frame rate.
    await runFfmpeg([
      ...['-i', source, '-acodec', 'copy', '-vcodec', 'libx264', '-threads', '2', '-f', 'mp4'],
      ...['-movflags', 'faststart', '-max_muxing_queue_size', '1024', '-map_metadata', '-1'],
      ...['-pix_fmt', 'yuv420p', '-vf', `scale=${scale},fps=fps=29.97`, '-preset', 'veryfast'],
      ...['-maxrate:v', '209000', '-bufsize:v', '418000'],
      ...['-b_strategy', '1', '-bf', '16', '-g:v', '59.94', stock],
    ])
    const payload = { input: { videoFileUrl: source }, output: { resolution: 144, fps: 29.97 } }
    const context = await makeContext(payload, { scratch: join(folder, name) })
    const { files } = await makeWebVideo(context)
    assert.equal(
      await hashParameterSets(files.videoFile?.path ?? ''),
      await hashParameterSets(stock),
      name,
    )
  }
})
