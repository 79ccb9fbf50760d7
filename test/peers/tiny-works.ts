import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import type { FileResult, FileWorks, ResultFile } from '#stages/encoding/files/file-work.ts'

const cost = { cpuSeconds: 0.1, wallSeconds: 0.1, peakMemoryBytes: 1 }

function resultOf(files: Record<string, ResultFile>, fields = {}): FileResult {
  return { ...cost, files, fields }
}

/** ffmpeg on inputs that were downloaded; ends with the signal. */
async function encode(args: readonly string[], signal: AbortSignal): Promise<void> {
  await execa('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args], { cancelSignal: signal })
}

const fast = ['-c:v', 'libx264', '-preset', 'ultrafast', '-threads', '1', '-c:a', 'aac']

/** The smallest work of each type that a server can tell from no work at all. */
export const tinyWorks: FileWorks = {
  'vod-web-video-transcoding': async ({ payload, download, scratch, signal, report }) => {
    const input = await download(payload.input.videoFileUrl)
    report(0.5)
    const path = join(scratch, 'web.mp4')
    await encode(['-i', input, ...fast, '-t', '0.4', path], signal)
    return resultOf({ videoFile: { path, filename: 'output-1.mp4', type: 'video/mp4' } })
  },
  'vod-hls-transcoding': async ({ payload, download, scratch, signal }) => {
    const inputs = [payload.input.videoFileUrl, ...(payload.input.separatedAudioFileUrl ?? [])]
    const paths = await Promise.all(inputs.map(download))
    const name = '0b8f9a6e-0000-4000-8000-000000000001-90'
    const path = join(scratch, `${name}-fragmented.mp4`)
    const given = paths.flatMap((input) => ['-i', input])
    await encode([...given, ...fast, '-t', '0.4', '-f', 'mp4', path], signal)
    const playlist = join(scratch, `${name}.m3u8`)
    await writeFile(playlist, `#EXTM3U\n${name}-fragmented.mp4\n#EXT-X-ENDLIST\n`)
    return resultOf({
      videoFile: { path, filename: `${name}-fragmented.mp4`, type: 'video/mp4' },
      resolutionPlaylistFile: {
        path: playlist,
        filename: `${name}.m3u8`,
        type: 'application/vnd.apple.mpegurl',
      },
    })
  },
  'vod-audio-merge-transcoding': async ({ payload, download, scratch, signal }) => {
    const picture = await download(payload.input.previewFileUrl)
    const sound = await download(payload.input.audioFileUrl)
    const path = join(scratch, 'merge.mp4')
    const loop = ['-loop', '1', '-f', 'image2', '-i', picture, '-i', sound]
    await encode([...loop, ...fast, '-pix_fmt', 'yuv420p', '-t', '0.4', path], signal)
    return resultOf({ videoFile: { path, filename: 'output-2.mp4', type: 'video/mp4' } })
  },
  'video-studio-transcoding': async ({ payload, download, scratch, signal }) => {
    const input = await download(payload.input.videoFileUrl)
    for (const { options } of payload.tasks) if ('file' in options) await download(options.file)
    const path = join(scratch, 'studio.mp4')
    await encode(['-i', input, ...fast, '-t', '0.2', path], signal)
    return resultOf({ videoFile: { path, filename: 'output-edition-3.mp4', type: 'video/mp4' } })
  },
  'video-transcription': async ({ payload, download, scratch }) => {
    await download(payload.input.videoFileUrl)
    const path = join(scratch, 'said.vtt')
    await writeFile(path, 'WEBVTT\n')
    const file = { path, filename: 'said.vtt', type: 'text/vtt' }
    return resultOf({ vttFile: file }, { inputLanguage: 'en' })
  },
  'generate-video-storyboard': async ({ payload, download, scratch, signal }) => {
    const input = await download(payload.input.videoFileUrl)
    const path = join(scratch, 'board.jpg')
    await encode(['-i', input, '-frames:v', '1', '-q:v', '2', path], signal)
    return resultOf({ storyboardFile: { path, filename: 'board.jpg', type: 'image/jpeg' } })
  },
}

/** A work that lasts until its job is taken away or the runner stops. */
export function workForEver({ signal }: { readonly signal: AbortSignal }): Promise<FileResult> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true })
  })
}
