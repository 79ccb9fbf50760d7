import { classNames } from '../class-names.ts'
import tones from '../tones.module.css'
import type { ChartTone } from './chart-series.ts'
import styles from './sparkline.module.css'

const width = 100
const height = 28

/** A small line without numbers beside a figure that says it in words; for eyes alone. */
export function Sparkline({
  values,
  tone,
}: {
  readonly values: readonly (number | null)[]
  readonly tone: ChartTone
}) {
  const line = drawLine(values)
  return (
    <svg
      className={classNames(styles['line'], tones[tone])}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {line === '' ? null : (
        <>
          <path className={styles['area']} d={`${line}V${height}H${startOf(values)}Z`} />
          <path className={styles['stroke']} d={line} />
        </>
      )}
    </svg>
  )
}

/** From the bottom, which is 0, to the top, which is the highest; holes are bridged. */
function drawLine(values: readonly (number | null)[]): string {
  const highest = Math.max(1e-9, ...values.map((value) => value ?? 0))
  const points = values.flatMap((value, index) =>
    value === null
      ? []
      : [
          `${xOf(index, values).toFixed(1)} ${(height - 2 - (value / highest) * (height - 4)).toFixed(1)}`,
        ],
  )
  return points.length < 2 ? '' : `M${points.join('L')}`
}

function startOf(values: readonly (number | null)[]): string {
  return xOf(
    values.findIndex((value) => value !== null),
    values,
  ).toFixed(1)
}

function xOf(index: number, values: readonly unknown[]): number {
  return (index / Math.max(1, values.length - 1)) * width
}
