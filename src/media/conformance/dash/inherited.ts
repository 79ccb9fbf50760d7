import type { Problem } from '../finding.ts'
import type { Source } from '../source/source.ts'
import type { XmlElement } from './xml.ts'

/** Where a manifest or playlist lies. */
export interface ManifestPlace {
  readonly address: string
  readonly path: string
  readonly source: Source
}

/** What the levels of an MPD hand down to a Representation. */
export interface Inherited {
  readonly place: ManifestPlace
  readonly problems: Problem[]
  /** BaseURLs so far, resolved. */
  readonly base: string
  /** Period, AdaptationSet and Representation, outermost first. */
  readonly levels: readonly XmlElement[]
  readonly periodSeconds: number | null
}
