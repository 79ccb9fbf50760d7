import { catalogue } from './catalogue.ts'

const blames = {
  caller: 'the caller',
  media: 'the owner of the media',
  runner: "the runner's operator",
  us: 'the operator of this server',
} as const

/** The catalogue as the table of docs/errors.md, in Markdown, in the catalogue's order. */
export function describeCatalogue(): string {
  const head = ['code', 'meaning', 'HTTP', 'gRPC', 'again?', 'who acts']
  const rows = Object.entries(catalogue).map(([code, entry]) => [
    `\`${code}\``,
    entry.sentence,
    String(entry.status),
    entry.grpc,
    entry.retryable ? 'yes' : 'no',
    blames[entry.blame],
  ])
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
