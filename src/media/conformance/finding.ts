/** `error`: a MUST of the specification is broken. `warning`: a SHOULD. */
export type Severity = 'error' | 'warning'

/** Something that a rule found: where, what, and the two values that should have been alike. */
export interface Violation {
  /** A file of the output, with ":line" for playlists: "720p/index.m3u8:12". */
  readonly where: string
  readonly message: string
  readonly expected?: string
  readonly found?: string
}

/** A violation with the rule that it breaks. */
export interface Finding extends Violation {
  /** "9.13" (Apple's authoring specification), "RFC8216-4.3.3.1", "CMAF-7.3.2.3", "DASH-5.3.9.6". */
  readonly rule: string
  readonly severity: Severity
}

/**
 * A violation that reading itself met (syntax, a missing file, a damaged box), kept in the model
 * under its rule's id until that rule is asked.
 */
export interface Problem extends Violation {
  readonly rule: string
}
