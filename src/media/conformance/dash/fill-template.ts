/** What the identifiers of a template stand for, ISO/IEC 23009-1 table 21. */
export interface TemplateValues {
  readonly id: string
  readonly bandwidth: string
  readonly number: number
  readonly time: number
}

/** Puts the values into "$RepresentationID$/$Number%05d$.m4s"; "$$" is a dollar sign. */
export function fillTemplate(template: string, values: TemplateValues): string {
  return template.replace(/\$(\w*)(?:%0(\d+)d)?\$/g, (whole, name: string, width?: string) => {
    const value = pickValue(name, values)
    return value === null ? whole : value.padStart(Math.min(Number(width ?? 0), 32), '0')
  })
}

function pickValue(name: string, values: TemplateValues): string | null {
  if (name === '') return '$'
  if (name === 'RepresentationID') return values.id
  if (name === 'Number') return String(values.number)
  if (name === 'Time') return String(values.time)
  if (name === 'Bandwidth') return values.bandwidth
  return null
}
