import { type Figure, reachesTarget } from './bench.ts'

const verdicts = { true: 'yes', false: 'NO', null: '' } as const

/** The figures as lines of a table: name, value, target, whether it is reached. */
export function formatTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    formatValue(figure.value, figure.unit),
    formatTarget(figure),
    verdicts[`${reachesTarget(figure)}`],
  ])
  const width = Math.max(...rows.map(([name = '']) => name.length))
  return rows
    .map(([name = '', value = '', target = '', verdict = '']) =>
      `  ${name.padEnd(width)}  ${value.padStart(12)}  ${target.padEnd(12)}  ${verdict}`.trimEnd(),
    )
    .join('\n')
}

function formatTarget({ target, unit }: Figure): string {
  if (!target) return ''
  return 'atMost' in target
    ? `≤ ${formatValue(target.atMost, unit)}`
    : `≥ ${formatValue(target.atLeast, unit)}`
}

/** Three digits at least; no more are known. */
function formatValue(value: number, unit: string): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3
  const text = Number.isInteger(value) ? String(value) : value.toFixed(digits)
  return unit === '' ? text : `${text} ${unit}`
}
