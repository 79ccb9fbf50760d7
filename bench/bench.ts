/** What a figure should be; figures without a target are told for their own sake. */
export type Target = { readonly atMost: number } | { readonly atLeast: number }

/** One measured number. */
export interface Figure {
  readonly name: string
  readonly value: number
  /** "×" for a ratio. */
  readonly unit: string
  readonly target?: Target
}

/** What a bench is given. */
export interface BenchContext {
  /** An empty folder, removed afterwards. */
  readonly scratch: string
  /** A film to be used instead of generated pictures; it is cut or looped to the length wanted. */
  readonly source: string | null
  /** A quick look: small sizes, which say less. */
  readonly short: boolean
  /** Length of the source that was asked for, where the bench has one source; null: its own. */
  readonly seconds: number | null
  /** Tells what is being done. */
  readonly say: (line: string) => void
}

/** One comparison or measurement; everything in it is measured in one run. */
export interface Bench {
  readonly name: string
  /** What is measured, in a sentence. */
  readonly sentence: string
  readonly run: (context: BenchContext) => Promise<readonly Figure[]>
}

/** True when a figure is as it should be; null when nothing was asked of it. */
export function reachesTarget({ value, target }: Figure): boolean | null {
  if (!target) return null
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast
}
