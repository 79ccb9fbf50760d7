import { useState } from 'react'
import { cells, Table } from '../table.tsx'
import styles from './chart.module.css'
import type { ChartSeries } from './chart-series.ts'

/** The values of a chart as a table, the newest first; made when it is opened. */
export function ChartTable({
  label,
  times,
  series,
  format,
}: {
  readonly label: string
  readonly times: readonly number[]
  readonly series: readonly ChartSeries[]
  readonly format: (value: number) => string
}) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className={styles['details']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>As a table</summary>
      {isOpen ? (
        <div className={styles['rows']}>
          <Table label={`${label}, as a table`}>
            <thead>
              <tr>
                <th scope="col">Time</th>
                {series.map(({ name }) => (
                  <th key={name} scope="col" className={cells.number}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {times
                .map((seconds, index) => (
                  <tr key={seconds}>
                    <td>{new Date(seconds * 1000).toLocaleString()}</td>
                    {series.map(({ name, values }) => (
                      <td key={name} className={cells.number}>
                        {writeCell(values[index], format)}
                      </td>
                    ))}
                  </tr>
                ))
                .toReversed()}
            </tbody>
          </Table>
        </div>
      ) : null}
    </details>
  )
}

function writeCell(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? '–' : format(value)
}
