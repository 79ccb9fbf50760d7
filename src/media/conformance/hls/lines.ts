import type { Problem } from '../finding.ts'

/** A line of a playlist that means something. */
export type PlaylistLine =
  | { readonly kind: 'tag'; readonly name: string; readonly value: string; readonly line: number }
  | { readonly kind: 'uri'; readonly uri: string; readonly line: number }

export interface PlaylistText {
  readonly lines: readonly PlaylistLine[]
  readonly problems: readonly Problem[]
}

/**
 * Cuts a playlist into its tags and URIs with their line numbers, and reports what breaks RFC 8216
 * section 4.1 (UTF-8 without BOM or control characters) and 4.3.1.1 (EXTM3U first). Comments and
 * blank lines are dropped. A parser library stops at the first fault; a judge has to go on.
 */
export function readLines(bytes: Buffer, path: string): PlaylistText {
  const text = bytes.toString('utf8')
  const rows = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const lines = rows.flatMap((row, index) => readRow(row, index + 1))
  return { lines, problems: [...judgeText(text, path), ...judgeFirstLine(rows[0] ?? '', path)] }
}

function readRow(row: string, line: number): PlaylistLine[] {
  const text = row.trim()
  if (text === '') return []
  if (!text.startsWith('#')) return [{ kind: 'uri', uri: text, line }]
  if (!text.startsWith('#EXT')) return []
  const colon = text.indexOf(':')
  const name = colon < 0 ? text.slice(1) : text.slice(1, colon)
  return [{ kind: 'tag', name, value: colon < 0 ? '' : text.slice(colon + 1), line }]
}

function* judgeText(text: string, path: string): Generator<Problem> {
  const rule = 'RFC8216-4.1'
  if (text.startsWith('\uFEFF'))
    yield { rule, where: `${path}:1`, message: 'has a byte order mark' }
  if (text.includes('\uFFFD')) yield { rule, where: path, message: 'is not valid UTF-8' }
  const control = /[^\P{Cc}\r\n]/u.exec(text)
  if (control) {
    const line = text.slice(0, control.index).split('\n').length
    yield { rule, where: `${path}:${line}`, message: 'holds a control character' }
  }
}

function* judgeFirstLine(row: string, path: string): Generator<Problem> {
  if (row.trim() === '#EXTM3U' && row.startsWith('#')) return
  yield {
    rule: 'RFC8216-4.3.1.1',
    where: `${path}:1`,
    message: 'does not begin with EXTM3U',
    expected: '#EXTM3U',
    found: row.slice(0, 40),
  }
}
