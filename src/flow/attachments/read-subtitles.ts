import { ReelmillError } from '#errors/reelmill-error.ts'
import { parseWebVtt, writeWebVtt } from '#media/tracks/web-vtt.ts'

/** SubRip writes a comma where WebVTT has a point, and need not write two digits of hours. */
const subRipTime = /^(\d{1,3}):(\d\d):(\d\d),(\d{3}) --> (\d{1,3}):(\d\d):(\d\d),(\d{3})(.*)$/gm

/**
 * WebVTT of a file of subtitles, WebVTT or SubRip, in UTF-8. Cues are read and written anew: nothing
 * that was sent goes out as it is.
 *
 * @throws ReelmillError `source_unreadable`.
 */
export function readSubtitles(file: Buffer): Buffer {
  const text = decode(file).replaceAll(/\r\n?/g, '\n')
  const cues = parseWebVtt(
    text.startsWith('WEBVTT') ? text : text.replaceAll(subRipTime, '$1:$2:$3.$4 --> $5:$6:$7.$8'),
  )
  if (cues.length > 0) return Buffer.from(writeWebVtt(cues))
  throw new ReelmillError('source_unreadable', 'These are no subtitles in WebVTT or SubRip.')
}

function decode(file: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file)
  } catch (cause) {
    throw new ReelmillError('source_unreadable', 'Subtitles must be text in UTF-8.', { cause })
  }
}
