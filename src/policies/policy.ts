import type { PolicyKey } from '#database/policy-tables.ts'

/** What every policy says now. */
export interface Policies {
  /** Sources are probed and planned. */
  readonly ingestEnabled: boolean
  /** Runners are given jobs. */
  readonly transcodeEnabled: boolean
  /** What is encoded is packaged and published. */
  readonly exportEnabled: boolean
  /** Runners end after the jobs that they have. */
  readonly terminateAll: boolean
  /** Seconds of silence after which a runner of one run is removed; 0: never. */
  readonly nodeTimeout: number
  /** Probing decodes the whole source. */
  readonly verifyDuringIngest: boolean
  /** Failures of a job at which it is given up. */
  readonly failureTolerance: number
}

/** The settings that a policy follows while nobody has said otherwise. */
export interface PolicyDefaults {
  readonly runnerMaxFailure: number
}

/** What a policy takes. */
export type PolicyKind =
  | { readonly kind: 'switch' }
  | { readonly kind: 'number'; readonly unit: string; readonly most: number }

const onOff: PolicyKind = { kind: 'switch' }

/** What each takes, in the order in which they are listed (P-30 to P-36). */
export const policyKinds: Readonly<Record<PolicyKey, PolicyKind>> = {
  ingestEnabled: onOff,
  transcodeEnabled: onOff,
  exportEnabled: onOff,
  terminateAll: onOff,
  nodeTimeout: { kind: 'number', unit: 'seconds', most: 31_536_000 },
  verifyDuringIngest: onOff,
  failureTolerance: { kind: 'number', unit: 'failures', most: 1000 },
}

/** Their names. */
export const policyKeys = Object.keys(policyKinds) as readonly PolicyKey[]

/**
 * What counts where nothing is said.
 *
 * `verifyDuringIngest` is off, other than in P-35: decoding two hours of film takes minutes in which
 * nobody can watch, and encoding decodes every frame in any case and counts them.
 */
export function defaultPolicies({ runnerMaxFailure }: PolicyDefaults): Policies {
  return {
    ingestEnabled: true,
    transcodeEnabled: true,
    exportEnabled: true,
    terminateAll: false,
    nodeTimeout: 900,
    verifyDuringIngest: false,
    failureTolerance: runnerMaxFailure,
  }
}
