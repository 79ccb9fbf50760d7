import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'

const captions = `1
00:00:00,200 --> 00:00:20,000
The first line
and <i>the second</i>
`

/** A clip with all that a player can show: pictures that move, two sounds, captions. */
export async function makeFullClip(folder: string, seconds: number): Promise<string> {
  const texts = join(folder, 'captions.srt')
  await writeFile(texts, captions)
  const path = join(folder, 'full.mkv')
  const tone = (frequency: number) => [
    ...['-f', 'lavfi', '-i', `sine=frequency=${frequency}:sample_rate=48000:duration=${seconds}`],
  ]
  await execa('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-y', '-f', 'lavfi'],
    ...['-i', `testsrc2=size=320x180:rate=25:duration=${seconds}`],
    ...[...tone(440), ...tone(880), '-i', texts],
    ...['-map', '0:v', '-map', '1:a', '-map', '2:a', '-map', '3:s', '-t', String(seconds)],
    ...['-metadata:s:a:0', 'language=eng', '-metadata:s:a:1', 'language=fra'],
    ...['-metadata:s:s:0', 'language=eng', '-c:v', 'libx264', '-preset', 'ultrafast'],
    ...['-pix_fmt', 'yuv420p', '-c:a', 'aac', '-c:s', 'srt', path],
  ])
  return path
}
