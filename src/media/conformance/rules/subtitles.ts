import { type Rule, readingRule } from './rule.ts'

/** Apple 5.5: subtitles cover the whole duration, in empty segments where nobody speaks. */
const subtitlesCoverAll: Rule = {
  id: '5.5',
  severity: 'error',
  title: 'Subtitles last as long as the pictures',
  *find(output) {
    for (const { playlists } of output.hls) {
      const sums = playlists.map(({ role, playlist }) => ({
        role,
        path: playlist.path,
        ended: playlist.ended,
        seconds: playlist.segments.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0),
        target: playlist.targetDurationSeconds ?? 0,
      }))
      const longest = Math.max(0, ...sums.filter(isStream).map(({ seconds }) => seconds))
      for (const { role, path, ended, seconds, target } of sums) {
        if (role !== 'subtitles' || !ended || seconds >= longest - target) continue
        yield {
          where: path,
          message: 'ends more than a target duration before the rest',
          expected: `${longest.toFixed(3)} s`,
          found: `${seconds.toFixed(3)} s`,
        }
      }
    }
  },
}

function isStream({ role }: { readonly role: string }): boolean {
  return role === 'video' || role === 'audio'
}

export const subtitleRules: readonly Rule[] = [
  readingRule('5.3', 'WebVTT segments have X-TIMESTAMP-MAP'),
  subtitlesCoverAll,
]
