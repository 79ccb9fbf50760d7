import { useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { classNames } from '../class-names.ts'
import tones from '../tones.module.css'
import styles from './chart.module.css'
import { onThemeChange } from './chart-colors.ts'
import { optionsOf } from './chart-options.ts'
import { type ChartSeries, describeSeries } from './chart-series.ts'
import { ChartTable } from './chart-table.tsx'

interface ChartProps {
  /** What it shows, for screen readers. */
  readonly label: string
  /** Seconds since 1970, from the oldest to the newest. */
  readonly times: readonly number[]
  readonly series: readonly ChartSeries[]
  readonly format?: (value: number) => string
  readonly isWhole?: boolean
  readonly height?: number
  /** Charts of one group show the same moment when one is pointed at. */
  readonly group?: string
}

const writeNumber = (value: number) => value.toLocaleString(undefined, { maximumFractionDigits: 1 })

/** Values over time. What is pointed at is told above; the same is there as words and as a table. */
export function Chart(props: ChartProps) {
  const { label, times, series, format = writeNumber } = props
  const [pointed, setPointed] = useState<number | null>(null)
  const place = usePlot(props, setPointed)
  // Also when fewer points came meanwhile.
  const shown = pointed !== null && pointed < times.length ? pointed : null
  return (
    <figure className={styles['figure']} aria-label={label}>
      <div className={styles['legend']} aria-hidden="true">
        {series.map(({ name, values, tone }) => (
          <span key={name} className={styles['entry']}>
            <span className={classNames(styles['mark'], tones[tone])} />
            {name}
            <strong className={styles['value']}>{write(values, shown, format)}</strong>
          </span>
        ))}
        <span className={styles['moment']}>
          {shown === null ? '' : writeMoment(times[shown] ?? 0)}
        </span>
      </div>
      <div ref={place} className={styles['plot']} aria-hidden="true" />
      <figcaption className="hidden-text">
        {series.map((each) => describeSeries(each, format)).join(' ')}
      </figcaption>
      <ChartTable label={label} times={times} series={series} format={format} />
    </figure>
  )
}

/** Keeps a plot in the element: as wide as that, in the theme's colours, with the latest values. */
function usePlot(props: ChartProps, onPoint: (index: number | null) => void) {
  const { times, series, format = writeNumber, isWhole = false, height = 150, group } = props
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(null)
  const data = dataOf(times, series)
  const latest = useRef(data)
  latest.current = data
  // Another plot is made only where other lines are to be shown, never for other values.
  const lines = series.map(({ name, tone, shape }) => `${name}:${tone}:${shape}`).join('|')
  useEffect(() => {
    const element = place.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      const width = Math.floor(entry?.contentRect.width ?? 0)
      if (width === 0) return
      if (plot.current) return plot.current.setSize({ width, height })
      const wanted = { series, width, height, format, isWhole, group, onPoint }
      plot.current = new uPlot(optionsOf(wanted), latest.current, element)
    })
    observer.observe(element)
    const stop = onThemeChange(() => plot.current?.redraw())
    return () => {
      observer.disconnect()
      stop()
      plot.current?.destroy()
      plot.current = null
    }
    // `format` and the like stay what they were for the same lines.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [lines, height, group, isWhole])
  useEffect(() => plot.current?.setData(latest.current), [times, series])
  return place
}

function dataOf(times: readonly number[], series: readonly ChartSeries[]): uPlot.AlignedData {
  return [[...times], ...series.map(({ values }) => [...values])]
}

function write(
  values: readonly (number | null)[],
  index: number | null,
  format: (value: number) => string,
): string {
  const value = index === null ? values.findLast((each) => each !== null) : values[index]
  return value === null || value === undefined ? '–' : format(value)
}

function writeMoment(seconds: number): string {
  const style = { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' } as const
  return new Date(seconds * 1000).toLocaleString(undefined, style)
}
