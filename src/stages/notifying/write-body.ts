import type { WebhookFormat } from '#database/webhook-tables.ts'
import { writeAncestor } from './formats/ancestor.ts'
import { writeAssembly } from './formats/assembly.ts'
import { writeRequestReference } from './formats/request-reference.ts'
import { writeStandard } from './formats/standard.ts'
import type { Told } from './formats/told.ts'
import type { Result } from './result.ts'

/** The formats that tell what became of a version, by their names. */
const writers: Readonly<Record<Exclude<WebhookFormat, 'standard'>, (result: Result) => object>> = {
  request_reference: writeRequestReference,
  assembly: writeAssembly,
  ancestor: writeAncestor,
}

/**
 * The JSON of a call. `loadResult` is asked only by formats that tell what became of the version; the
 * thin one is written from the event alone.
 */
export async function writeBody(
  format: WebhookFormat,
  told: Told,
  loadResult: () => Promise<Result>,
): Promise<string> {
  if (format === 'standard') return JSON.stringify(writeStandard(told))
  return JSON.stringify(writers[format](await loadResult()))
}
