import uPlot from 'uplot'
import { readColor } from './chart-colors.ts'
import { type ChartSeries, toneTokens } from './chart-series.ts'

export interface ChartWanted {
  readonly series: readonly ChartSeries[]
  readonly width: number
  readonly height: number
  readonly format: (value: number) => string
  /** The values are counts: no mark between two whole numbers. */
  readonly isWhole: boolean
  /** Charts of one group show the same moment when one is pointed at. */
  readonly group: string | undefined
  /** Is told which point is pointed at; null: none. */
  readonly onPoint: (index: number | null) => void
}

/** What uPlot is told. Colours are functions, so that drawing again is all that another theme takes. */
export function optionsOf(wanted: ChartWanted): uPlot.Options {
  const { series, width, height, group, onPoint } = wanted
  return {
    width,
    height,
    padding: [8, 6, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { setScale: false, x: false, y: false },
      points: { size: 7 },
      ...(group ? { sync: { key: group } } : {}),
    },
    scales: { y: { range: (_chart, _min, max) => [0, max > 0 ? max * 1.08 : 1] } },
    axes: axesOf(wanted),
    series: [{}, ...series.map(describe)],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
  }
}

function axesOf({ format, isWhole }: ChartWanted): uPlot.Axis[] {
  const font = `11px ${getComputedStyle(document.body).fontFamily}`
  const look = {
    font,
    stroke: () => readColor('--text-soft'),
    ticks: { show: false },
  }
  return [
    {
      ...look,
      size: 24,
      gap: 4,
      space: 64,
      grid: { show: false },
      values: (_chart, marks) => {
        const stepSeconds = (marks[1] ?? 0) - (marks[0] ?? 0)
        return marks.map((seconds) => writeMark(seconds, stepSeconds))
      },
    },
    {
      ...look,
      size: 52,
      gap: 6,
      space: 32,
      grid: { stroke: () => readColor('--line'), width: 1 },
      values: (_chart, marks) => marks.map(format),
      ...(isWhole ? { incrs: wholeSteps } : {}),
    },
  ]
}

const wholeSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6, 1e7]

function describe({ name, tone, shape }: ChartSeries): uPlot.Series {
  const token = toneTokens[tone]
  const isFilled = shape === 'area' || shape === 'bars'
  const paths = pathsOf(shape)
  return {
    label: name,
    width: shape === 'bars' ? 0 : 1.75,
    stroke: () => readColor(token),
    points: { show: false },
    ...(isFilled ? { fill: () => readColor(token, shape === 'bars' ? 0.9 : 0.16) } : {}),
    ...(paths ? { paths } : {}),
  }
}

function pathsOf(shape: ChartSeries['shape']): uPlot.Series.PathBuilder | undefined {
  if (shape === 'bars') return uPlot.paths.bars?.({ size: [0.7, 14, 2] })
  return shape === 'steps' ? uPlot.paths.stepped?.({ align: 1 }) : undefined
}

/** Hours while a day is looked at, days beyond; midnight is told as its day. */
function writeMark(seconds: number, stepSeconds: number): string {
  const date = new Date(seconds * 1000)
  const isMidnight = date.getHours() === 0 && date.getMinutes() === 0
  return stepSeconds >= 86_400 || isMidnight
    ? date.toLocaleDateString(undefined, { day: 'numeric', month: 'short' })
    : date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}
